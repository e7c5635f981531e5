package org.raphe.datasets.speech;

import java.util.Locale;

/** Which recordings of a corpus are for testing. */
public enum CorpusSplit {
  /** The corpus's own: speakers that are tested are never heard in training. */
  OFFICIAL,

  /**
   * That of the published NACA figures: three of ten recordings, rounded up, drawn at random with
   * the seed 42. Speakers are in both parts, so it is the easier one.
   */
  PUBLISHED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
