package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.backend.device.LaunchTime;

/** Times of launches over many batches, by kernel and place in the batch. */
final class KernelTimes {

  /**
   * One launch of every batch.
   *
   * @param kernel the kernel's name
   * @param launch which of its launches in a batch, from 1
   */
  record Place(String kernel, int launch) {}

  private final Map<Place, List<Double>> microseconds = new LinkedHashMap<>();
  private int batches;

  /** Adds a batch's launches; an empty list, a batch that was not measured, is passed over. */
  void add(List<LaunchTime> batch) {
    Map<String, Integer> seen = new HashMap<>();
    for (LaunchTime time : batch) {
      int launch = seen.merge(time.kernel(), 1, Integer::sum);
      microseconds
          .computeIfAbsent(new Place(time.kernel(), launch), absent -> new ArrayList<>())
          .add(time.microseconds());
    }
    batches += batch.isEmpty() ? 0 : 1;
  }

  /** Batches that were measured. */
  int batches() {
    return batches;
  }

  /** The median of each launch in microseconds, in the batch's order. */
  Map<Place, Double> medians() {
    Map<Place, Double> medians = new LinkedHashMap<>();
    microseconds.forEach((place, times) -> medians.put(place, median(times)));
    return medians;
  }

  /** Whether the median of any launch is no time at all. */
  boolean standStill() {
    return medians().values().stream().anyMatch(median -> !(median > 0));
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
