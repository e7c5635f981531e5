package org.raphe.datasets.speech;

import java.util.Locale;

/** Whose voice it is, as TIDIGITS sorts its speakers. */
public enum SpeakerKind {
  MAN,
  WOMAN,
  BOY,
  GIRL;

  /** The name of the folder, and how users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
