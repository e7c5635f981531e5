package org.raphe.continual;

/** When the experiences of a stream are tested. */
public enum Measuring {
  /** After each pass over an experience's training samples. */
  EACH_PASS,
  /** Before the first experience and after each. */
  EACH_EXPERIENCE,
  /** Never: answers before each update are all that is measured. */
  ONLINE
}
