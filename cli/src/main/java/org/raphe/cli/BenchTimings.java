package org.raphe.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.raphe.energy.EnergyReading;
import org.raphe.energy.EnergySum;

/**
 * The repetitions of one workload: samples a second, processor time and energy of a sample. On a
 * machine that is shared processor time, of all threads of this process, says more than seconds.
 */
final class BenchTimings {
  private final int samples;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> processor = new ArrayList<>();
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
      Duration before = processorTime();
      double seconds = workload.train(samples);
      Duration after = processorTime();
      add(seconds, before == null ? null : after.minus(before).toNanos() / 1e9, energy.reading());
    }
  }

  /** Null where the system does not tell. */
  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(null);
  }

  /**
   * Adds a repetition.
   *
   * @param processorSeconds null where they are not known
   */
  void add(double seconds, Double processorSeconds, EnergySum energy) {
    rates.add(samples / seconds);
    if (processorSeconds != null) {
      processor.add(1e3 * processorSeconds / samples);
    }
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

  /** Milliseconds of processor time of a sample, the least of a repetition; none if not known. */
  String processorMilliseconds() {
    return processor.size() < rates.size()
        ? "not measured"
        : String.format(Locale.ROOT, "%.3f", Collections.min(processor));
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
