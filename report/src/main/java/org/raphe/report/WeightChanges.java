package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.raphe.result.LayerChange;
import org.raphe.result.StreamOutcome;
import org.raphe.result.WeightChangeResult;
import org.raphe.result.WeightChangeResult.ExperienceChange;

/**
 * Histograms of how far a layer's weights moved, summed over runs of a group that share the bins.
 */
final class WeightChanges {
  /** Stands for the sum over experiences. */
  static final int ALL = 0;

  private static final int MOST_BINS = 1000;
  private static final List<LayerChange> NO_LAYERS = List.of();

  private List<Double> edges;
  private double[] counts;
  private int histograms;
  private int others;
  private int zeros;
  private boolean fromZero;
  private final List<Double> belowOnePercent = new ArrayList<>();

  private WeightChanges() {}

  static boolean has(Run run) {
    return !experiences(run).isEmpty();
  }

  private static List<ExperienceChange> experiences(Run run) {
    List<ExperienceChange> experiences = Run.told(changes(run), WeightChangeResult::experiences);
    return experiences == null ? List.of() : experiences;
  }

  private static WeightChangeResult changes(Run run) {
    return Run.told(run.result().outcome(), StreamOutcome::weightChanges);
  }

  /** By layer, from 1, and experience, from 1; {@link #ALL} for all experiences together. */
  static TreeMap<Integer, TreeMap<Integer, WeightChanges>> of(RunGroup group) {
    TreeMap<Integer, TreeMap<Integer, WeightChanges>> layers = new TreeMap<>();
    for (Run run : group.runs()) {
      int experience = 0;
      for (ExperienceChange entry : experiences(run)) {
        experience++;
        int layer = 0;
        for (LayerChange changes : entry.layers() == null ? NO_LAYERS : entry.layers()) {
          layer++;
          TreeMap<Integer, WeightChanges> of =
              layers.computeIfAbsent(or(changes.layer(), layer), k -> new TreeMap<>());
          int own = or(entry.experience(), experience);
          of.computeIfAbsent(ALL, k -> new WeightChanges());
          // What is relative to the weights after has another unit than the rest.
          for (int sum : fromZero(changes) ? new int[] {own} : new int[] {ALL, own}) {
            of.computeIfAbsent(sum, k -> new WeightChanges()).add(changes, changes(run).edges());
          }
        }
      }
    }
    return layers;
  }

  /** Whether all weights were 0 before, so that changes are relative to the mean after. */
  private static boolean fromZero(LayerChange changes) {
    return changes.meanAbsoluteBefore() != null && changes.meanAbsoluteBefore() == 0;
  }

  private static int or(Integer told, int place) {
    return told == null ? place : told;
  }

  private void add(LayerChange layer, List<Double> sharedEdges) {
    fromZero |= fromZero(layer);
    if (layer.counts() == null && fromZero(layer)) {
      zeros++;
      return;
    }
    List<Long> more = bounded(layer.counts());
    List<Double> own = layer.edges();
    List<Double> bins = bounds(bounded(own == null ? sharedEdges : own), more);
    if (bins == null || (edges != null && !edges.equals(bins))) {
      others++;
      return;
    }
    if (edges == null) {
      edges = bins;
      counts = new double[more.size()];
    }
    for (int k = 0; k < counts.length; k++) {
      counts[k] += more.get(k);
    }
    histograms++;
    belowOnePercent.add(Run.fraction(layer.shareBelow1Percent()));
  }

  /** One bound more than bins; null below the first and above the last where these are open. */
  private static List<Double> bounds(List<Double> edges, List<Long> counts) {
    if (edges == null || counts == null) {
      return null;
    }
    if (edges.size() == counts.size() + 1) {
      return edges;
    }
    if (edges.size() != counts.size() - 1) {
      return null;
    }
    List<Double> open = new ArrayList<>(edges);
    open.add(0, null);
    open.add(null);
    return open;
  }

  /** The numbers; null where there are none or more than are drawn. */
  private static <N> List<N> bounded(List<N> numbers) {
    boolean some = numbers != null && !numbers.isEmpty() && numbers.size() <= MOST_BINS + 1;
    return some ? numbers : null;
  }

  /** Bounds of the bins, null where one is open; null where no histogram could be read. */
  List<Double> edges() {
    return edges;
  }

  /** Weights in each bin: the mean over runs, and over experiences where all stand together. */
  List<Double> means() {
    List<Double> means = new ArrayList<>();
    for (double count : counts) {
      means.add(count / histograms);
    }
    return means;
  }

  /** How many histograms were left out, since they are broken or have other bins. */
  int others() {
    return others;
  }

  /** How many histograms there are none of, since weights that were 0 have no relative change. */
  int zeros() {
    return zeros;
  }

  /** Whether changes are relative to the mean after, since weights were 0 before. */
  boolean fromZero() {
    return fromZero;
  }

  /** Mean share of weights that changed by less than 1 %; null where it was not measured. */
  Double belowOnePercent() {
    return Spread.meanOf(Spread.of(belowOnePercent));
  }
}
