package org.raphe.agent;

import java.util.Locale;

/** What releases noradrenaline. */
public enum ReleaseRule {
  /**
   * Outcomes fall short of what was expected, and dopamine does not mend it: its running mean is
   * small, so nothing is learned from what goes wrong.
   */
  UNMENDED,
  /** Outcomes fall short of what was expected, after a time in which they did not. */
  SURPRISE,
  /** At given trials alone: the controls. */
  TIMES,
  /** Nothing: there is no noradrenaline. */
  NEVER;

  /** As users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
