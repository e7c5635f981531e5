package org.raphe.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Histograms of how far a layer's weights moved, summed over runs of a group that share the bins.
 */
final class WeightChanges {
  /** Stands for the sum over experiences. */
  static final int ALL = 0;

  private static final int MOST_BINS = 1000;

  private List<Double> edges;
  private double[] counts;
  private int histograms;
  private int others;
  private final List<Double> belowOnePercent = new ArrayList<>();

  private WeightChanges() {}

  static boolean has(Run run) {
    return experiences(run).size() > 0;
  }

  private static JsonNode experiences(Run run) {
    JsonNode changes = run.result().path("weight_changes");
    return changes.isArray() ? changes : changes.path("experiences");
  }

  /** By layer, from 1, and experience, from 1; {@link #ALL} for all experiences together. */
  static TreeMap<Integer, TreeMap<Integer, WeightChanges>> of(RunGroup group) {
    TreeMap<Integer, TreeMap<Integer, WeightChanges>> layers = new TreeMap<>();
    for (Run run : group.runs()) {
      JsonNode edges = run.result().path("weight_changes").path("edges");
      int experience = 0;
      for (JsonNode entry : experiences(run)) {
        experience++;
        int layer = 0;
        for (JsonNode changes : entry.path("layers")) {
          layer++;
          TreeMap<Integer, WeightChanges> of =
              layers.computeIfAbsent(changes.path("layer").asInt(layer), k -> new TreeMap<>());
          for (int sum : new int[] {ALL, entry.path("experience").asInt(experience)}) {
            of.computeIfAbsent(sum, k -> new WeightChanges()).add(changes, edges);
          }
        }
      }
    }
    return layers;
  }

  private void add(JsonNode layer, JsonNode sharedEdges) {
    List<Double> more = numbers(layer.path("counts"));
    JsonNode own = layer.path("edges");
    List<Double> bins = bounds(numbers(own.isArray() ? own : sharedEdges), more);
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
    Double below = Run.fraction(layer.path("share_below_1_percent"));
    belowOnePercent.add(below == null ? Run.fraction(layer.path("below_one_percent")) : below);
  }

  /** One bound more than bins; null below the first and above the last where these are open. */
  private static List<Double> bounds(List<Double> edges, List<Double> counts) {
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

  private static List<Double> numbers(JsonNode array) {
    if (!array.isArray() || array.isEmpty() || array.size() > MOST_BINS + 1) {
      return null;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode value : array) {
      Double number = Run.number(value);
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
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

  /** Mean share of weights that changed by less than 1 %; null where it was not measured. */
  Double belowOnePercent() {
    return Spread.meanOf(Spread.of(belowOnePercent));
  }
}
