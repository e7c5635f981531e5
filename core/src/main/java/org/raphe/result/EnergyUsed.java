package org.raphe.result;

import java.util.List;

/**
 * Energy that was measured, from the first batch to the last test.
 *
 * @param energyJoules the sum of all parts, in J; null where one was not measured
 * @param energySource the counters it was read from, or why it is null
 * @param energyParts what each part of the machine used
 */
public record EnergyUsed(Double energyJoules, String energySource, List<Part> energyParts) {

  /**
   * A part of a machine.
   *
   * @param part what it is, such as {@code host}
   * @param joules in J; null where it was not measured
   * @param source the counters it was read from, or why it is null
   */
  public record Part(String part, Double joules, String source) {}
}
