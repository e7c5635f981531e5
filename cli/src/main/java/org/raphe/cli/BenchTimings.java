package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.raphe.energy.EnergyReading;
import org.raphe.energy.EnergySum;

/** The repetitions of one workload: samples a second, and the energy of a sample. */
final class BenchTimings {
  private final int samples;
  private final List<Double> rates = new ArrayList<>();
  private double joules;
  private String notMeasured;

  /**
   * No repetitions yet.
   *
   * @param samples samples of each repetition
   */
  BenchTimings(int samples) {
    this.samples = samples;
  }

  /** Trains once more and adds what that took; closes {@code energy}, which was just begun. */
  void repeat(BenchWorkload workload, RunEnergy energy) {
    try (energy) {
      double seconds = workload.train(samples);
      add(seconds, energy.reading());
    }
  }

  void add(double seconds, EnergySum energy) {
    rates.add(samples / seconds);
    EnergyReading total = energy.total();
    if (total.joules() == null) {
      notMeasured = total.source();
    } else {
      joules += total.joules();
    }
  }

  boolean isEmpty() {
    return rates.isEmpty();
  }

  /** Most samples a second of a repetition. */
  double best() {
    return rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  String rates() {
    return rates.stream()
        .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
        .collect(Collectors.joining(" "));
  }

  /** Why some repetition's energy was not measured; null if each was. */
  String notMeasured() {
    return notMeasured;
  }

  /** Millijoules of a sample, the mean of all repetitions; none if one was not measured. */
  String millijoules() {
    return notMeasured == null
        ? String.format(Locale.ROOT, "%.3f", 1e3 * joules / ((long) samples * rates.size()))
        : "not measured";
  }
}
