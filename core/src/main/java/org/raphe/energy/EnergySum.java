package org.raphe.energy;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Energy of a run. Where the run used several parts of a machine, the total is their sum if each
 * was measured, and null otherwise: a sum without a part would pass for the whole.
 *
 * @param total the sum, or why there is none
 * @param parts what each part used; empty where nothing was begun to be measured
 */
public record EnergySum(EnergyReading total, List<Part> parts) {

  /**
   * A part of a machine.
   *
   * @param name what it is, such as {@code gpu}
   * @param reading what it used
   */
  public record Part(String name, EnergyReading reading) {}

  /** The sum of at least one part. */
  public static EnergySum of(List<Part> parts) {
    return new EnergySum(total(parts), List.copyOf(parts));
  }

  /** Nothing was begun to be measured, and why. */
  public static EnergySum none(String reason) {
    return new EnergySum(EnergyReading.none(reason), List.of());
  }

  private static EnergyReading total(List<Part> parts) {
    if (parts.size() == 1) {
      return parts.get(0).reading();
    }
    Predicate<Part> measured = part -> part.reading().joules() != null;
    if (!parts.stream().allMatch(measured)) {
      List<Part> missing = parts.stream().filter(measured.negate()).toList();
      return EnergyReading.none(
          "not all of it was, and a sum would pass for the whole: "
              + list(missing, EnergyReading::reason));
    }
    double joules = parts.stream().mapToDouble(part -> part.reading().joules()).sum();
    return new EnergyReading(joules, "sum of " + list(parts, EnergyReading::source));
  }

  private static String list(List<Part> parts, Function<EnergyReading, String> words) {
    return parts.stream()
        .map(part -> part.name() + ": " + words.apply(part.reading()))
        .collect(Collectors.joining("; "));
  }
}
