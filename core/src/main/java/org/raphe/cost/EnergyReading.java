package org.raphe.cost;

/**
 * Energy that was measured, or why it was not.
 *
 * @param joules the energy; null where it was not measured
 * @param source the counters it was read from, or the reason why it is null
 */
public record EnergyReading(Double joules, String source) {

  /** Not measured, and why. */
  public static EnergyReading none(String reason) {
    return new EnergyReading(null, "not measured: " + reason);
  }
}
