package org.raphe.agent;

import java.util.Locale;

/** What changes when the rule of Go/No-Go shifts. */
public enum Shift {
  /** The other dimension decides: before it was the visual one, then the auditory one. */
  EXTRA_DIMENSIONAL,
  /** Within the visual dimension the other cue is the Go cue. */
  REVERSAL;

  /** As users type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
