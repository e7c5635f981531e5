package org.raphe.agent;

import java.util.Locale;

/** What noradrenaline acts on. */
public enum Lever {
  GAIN,
  BURSTS,
  TEMPERATURE,
  PLASTICITY;

  /** As users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
