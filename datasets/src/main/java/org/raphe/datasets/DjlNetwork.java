package org.raphe.datasets;

/**
 * Keeps Deep Java Library off the network. DJL reports the use of an engine to its makers, and
 * looks for newer metadata, unless the properties {@value #OFFLINE} and {@value #OPT_OUT} say
 * otherwise; it reads them when its classes load or later, so {@link #deny()} comes before any use
 * of DJL.
 */
public final class DjlNetwork {
  /** System property: DJL fetches nothing. */
  public static final String OFFLINE = "ai.djl.offline";

  /** System property: DJL reports nothing. */
  public static final String OPT_OUT = "OPT_OUT_TRACKING";

  private DjlNetwork() {}

  /** Neither downloads nor reports. */
  public static void deny() {
    System.setProperty(OFFLINE, "true");
    System.setProperty(OPT_OUT, "true");
  }

  /** Downloads that the caller asked for, still no reports; {@link #deny()} ends it. */
  static void allowDownload() {
    System.setProperty(OPT_OUT, "true");
    System.setProperty(OFFLINE, "false");
  }
}
