package org.raphe.backend;

/**
 * Whether a backend can run here, probed once.
 *
 * @param available whether it can
 * @param cause one line: why not, and what to do; null if it can
 */
public record Availability(boolean available, String cause) {

  /** It can run. */
  public static final Availability YES = new Availability(true, null);

  /** It cannot, because of {@code cause}. */
  public static Availability no(String cause) {
    return new Availability(false, cause);
  }
}
