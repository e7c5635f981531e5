package org.raphe.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.report.Table.Format;

/** How far weights moved. */
final class WeightChangeSections {
  private static final int MOST_BINS = 1000;

  /** Counts of one layer, summed over experiences and seeds that share the bins. */
  private static final class Sum {
    private List<Double> edges;
    private double[] counts;
    private int others;
    private final List<Double> belowOnePercent = new ArrayList<>();

    private void add(JsonNode layer, JsonNode sharedEdges) {
      Double below = Run.fraction(layer.path("share_below_1_percent"));
      belowOnePercent.add(below == null ? Run.fraction(layer.path("below_one_percent")) : below);
      List<Double> more = numbers(layer.path("counts"));
      JsonNode own = layer.path("edges");
      List<Double> bins = bounds(numbers(own.isArray() ? own : sharedEdges), more);
      if (bins == null) {
        others++;
        return;
      }
      if (edges == null) {
        edges = bins;
        counts = new double[more.size()];
      }
      if (!edges.equals(bins)) {
        others++;
        return;
      }
      for (int k = 0; k < counts.length; k++) {
        counts[k] += more.get(k);
      }
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

    private double total() {
      double total = 0;
      for (double count : counts) {
        total += count;
      }
      return total;
    }
  }

  private WeightChangeSections() {}

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

  /** The section; null where no run of the scope tells of weight changes and none should. */
  static Section of(Scope scope) {
    boolean any =
        scope.groups().stream()
            .anyMatch(g -> g.runs().stream().anyMatch(WeightChangeSections::has));
    if (!any && !scope.continual()) {
      return null;
    }
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("layer", Format.WHOLE)
            .column("change from", Format.NUMBER)
            .column("change to", Format.NUMBER)
            .column("weights", Format.COUNT)
            .column("share", Format.PERCENT)
            .column("below 1 % change, whole layer", Format.PERCENT);
    List<Object> views = new ArrayList<>();
    Section section =
        new Section(scope.id("weights"), scope.title("Weight changes"))
            .words(
                "Relative change of a layer's weights, summed over experiences and seeds; shares are drawn on a logarithmic scale.");
    for (RunGroup group : scope.groups()) {
      layers(group).forEach((layer, sum) -> add(group, layer, sum, views, table, section));
    }
    String lacking =
        Scope.lacking(scope.groups(), run -> !has(run), "hold no histogram of weight changes");
    if (lacking != null) {
      section.notice(lacking);
    }
    return section.plot(Plot.histograms("relative change", views)).table(table);
  }

  private static boolean has(Run run) {
    return experiences(run).size() > 0;
  }

  private static JsonNode experiences(Run run) {
    JsonNode changes = run.result().path("weight_changes");
    return changes.isArray() ? changes : changes.path("experiences");
  }

  private static Map<Integer, Sum> layers(RunGroup group) {
    Map<Integer, Sum> layers = new TreeMap<>();
    for (Run run : group.runs()) {
      JsonNode edges = run.result().path("weight_changes").path("edges");
      for (JsonNode experience : experiences(run)) {
        int place = 0;
        for (JsonNode layer : experience.path("layers")) {
          place++;
          int number = layer.path("layer").asInt(place);
          layers.computeIfAbsent(number, k -> new Sum()).add(layer, edges);
        }
      }
    }
    return layers;
  }

  private static void add(
      RunGroup group, int layer, Sum sum, List<Object> views, Table table, Section section) {
    String name = group.label() + ", layer " + layer;
    if (sum.others > 0) {
      section.notice(name + ": " + sum.others + " histograms have other bins and are left out.");
    }
    if (sum.edges == null || sum.total() == 0) {
      return;
    }
    Double below = Spread.meanOf(Spread.of(sum.belowOnePercent));
    List<Double> shares = new ArrayList<>();
    for (int k = 0; k < sum.counts.length; k++) {
      double share = sum.counts[k] / sum.total();
      shares.add(share);
      table.row(
          group.label(),
          layer,
          sum.edges.get(k),
          sum.edges.get(k + 1),
          sum.counts[k],
          share,
          below);
    }
    views.add(Plot.histogram(name, group.number(), sum.edges, shares));
  }
}
