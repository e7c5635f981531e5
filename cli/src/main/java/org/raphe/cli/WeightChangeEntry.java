package org.raphe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.WeightChange;

/** How much synapses changed in each experience, as result.json says it. */
final class WeightChangeEntry {
  private WeightChangeEntry() {}

  /** The entry {@code weight_changes}; row 0, before anything was learned, has none. */
  static Map<String, Object> of(List<ExperienceMetrics> finished) {
    List<Map<String, Object>> experiences = new ArrayList<>();
    for (ExperienceMetrics experience : finished) {
      if (experience.experience() > 0) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("experience", experience.experience());
        entry.put("layers", experience.changes().stream().map(WeightChangeEntry::layer).toList());
        experiences.add(entry);
      }
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("relative_change", "|w_after - w_before| / mean |w_before| of the layer");
    entry.put(
        "bins", "counts[0]: below edges[0]; counts[b]: edges[b-1] to edges[b]; the last: above");
    entry.put("edges", WeightChange.edges());
    entry.put("experiences", experiences);
    return entry;
  }

  private static Map<String, Object> layer(WeightChange change) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("synapses", change.synapses());
    entry.put("unchanged", change.unchanged());
    entry.put("mean_absolute_before", change.meanBefore());
    entry.put("share_below_1_percent", change.shareBelowOnePercent());
    entry.put("counts", change.counts());
    entry.put("log10_counts", logCounts(change.counts()));
    return entry;
  }

  /** Logarithms of counts; null for a count of 0, which has none. */
  private static List<Double> logCounts(long[] counts) {
    if (counts == null) {
      return null;
    }
    List<Double> logs = new ArrayList<>();
    for (long count : counts) {
      logs.add(count == 0 ? null : (Double) Math.log10(count));
    }
    return logs;
  }
}
