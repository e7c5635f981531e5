package org.raphe.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.WeightChange;
import org.raphe.result.LayerChange;
import org.raphe.result.WeightChangeResult;

/** How much synapses changed in each experience, as result.json says it. */
final class WeightChangeEntry {
  private WeightChangeEntry() {}

  /** The entry {@code weight_changes}; row 0, before anything was learned, has none. */
  static WeightChangeResult of(List<ExperienceMetrics> finished) {
    return new WeightChangeResult(
        "|w_after - w_before| / mean |w_before| of the layer; / mean |w_after| where all weights were 0 before",
        "counts[0]: below edges[0]; counts[b]: edges[b-1] to edges[b]; the last: above",
        Arrays.stream(WeightChange.edges()).boxed().toList(),
        finished.stream()
            .filter(experience -> experience.experience() > 0)
            .map(
                experience ->
                    new WeightChangeResult.ExperienceChange(
                        experience.experience(),
                        experience.changes().stream().map(WeightChangeEntry::layer).toList()))
            .toList());
  }

  private static LayerChange layer(WeightChange change) {
    long[] counts = change.counts();
    return new LayerChange(
        null,
        null,
        change.synapses(),
        change.unchanged(),
        change.meanBefore(),
        change.meanAfter(),
        change.shareBelowOnePercent(),
        counts == null ? null : Arrays.stream(counts).boxed().toList(),
        counts == null ? null : logarithms(counts));
  }

  /** Logarithms of counts; null for a count of 0, which has none. */
  private static List<Double> logarithms(long[] counts) {
    List<Double> logarithms = new ArrayList<>();
    for (long count : counts) {
      logarithms.add(count == 0 ? null : (Double) Math.log10(count));
    }
    return logarithms;
  }
}
