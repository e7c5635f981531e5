package org.raphe.energy;

/**
 * Energy that was measured, or why it was not.
 *
 * @param joules the energy; null where it was not measured
 * @param source the counters it was read from, or the reason why it is null
 */
public record EnergyReading(Double joules, String source) {
  private static final String NOT_MEASURED = "not measured: ";

  /** Not measured, and why. */
  public static EnergyReading none(String reason) {
    return new EnergyReading(null, NOT_MEASURED + reason);
  }

  /** Why it was not measured; null where it was. */
  public String reason() {
    return joules == null ? source.substring(NOT_MEASURED.length()) : null;
  }
}
