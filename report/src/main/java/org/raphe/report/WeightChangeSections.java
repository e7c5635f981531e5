package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.raphe.report.Table.Format;

/** How far weights moved, by setting, layer and experience. */
final class WeightChangeSections {
  private WeightChangeSections() {}

  /** The section; null where no run of the scope reports weight changes and none should. */
  static Section of(Scope scope) {
    boolean any =
        scope.groups().stream().anyMatch(g -> g.runs().stream().anyMatch(WeightChanges::has));
    if (!any && !scope.continual()) {
      return null;
    }
    Table table = columns();
    List<Object> views = new ArrayList<>();
    Section section =
        scope
            .section("weights", "Weight changes")
            .words(
                "How many of a layer's weights moved how far in an experience, |after - before| / mean |before| of the layer (from zero: where all were 0 before, / mean |after|, and not in the sum over experiences): mean over seeds, and over experiences where all stand together. Counts are drawn on a logarithmic scale; a bin that no weight fell into has no mark.");
    for (RunGroup group : scope.groups()) {
      WeightChanges.of(group)
          .forEach(
              (layer, experiences) -> {
                section.notice(leftOut(group, layer, experiences));
                experiences.forEach(
                    (experience, changes) -> add(group, layer, experience, changes, views, table));
              });
    }
    return section
        .notice(
            Scope.lacking(
                scope.groups(),
                run -> !WeightChanges.has(run),
                "hold no histogram of weight changes"))
        .plot(Plot.views("histogram", List.of("setting", "layer", "experience"), views))
        .table(table);
  }

  /** What of a layer has no histogram, and why; null where nothing has none. */
  private static String leftOut(
      RunGroup group, int layer, Map<Integer, WeightChanges> experiences) {
    int others = 0;
    int zeros = 0;
    for (Map.Entry<Integer, WeightChanges> entry : experiences.entrySet()) {
      boolean sum = entry.getKey() == WeightChanges.ALL;
      others += sum ? 0 : entry.getValue().others();
      zeros += sum ? 0 : entry.getValue().zeros();
    }
    List<String> reasons = new ArrayList<>();
    if (others > 0) {
      reasons.add(others + " histograms are broken or have other bins, and are left out");
    }
    if (zeros > 0) {
      reasons.add(zeros + " times all weights were 0 before, and the run has no histogram of that");
    }
    return reasons.isEmpty()
        ? null
        : group.label() + ", layer " + layer + ": " + String.join("; ", reasons) + ".";
  }

  private static Table columns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("layer", Format.WHOLE)
        .column("experience", Format.TEXT)
        .column("change from", Format.NUMBER)
        .column("change to", Format.NUMBER)
        .column("weights", Format.COUNT)
        .column("share", Format.PERCENT)
        .column("below 1 % change, whole layer", Format.PERCENT);
  }

  private static void add(
      RunGroup group,
      int layer,
      int experience,
      WeightChanges changes,
      List<Object> views,
      Table table) {
    double total = changes.edges() == null ? 0 : changes.means().stream().mapToDouble(v -> v).sum();
    if (total == 0) {
      return;
    }
    String name =
        experience == WeightChanges.ALL
            ? "all"
            : experience + (changes.fromZero() ? ", from zero" : "");
    List<Double> means = changes.means();
    for (int k = 0; k < means.size(); k++) {
      table.row(
          group.label(),
          layer,
          name,
          changes.edges().get(k),
          changes.edges().get(k + 1),
          means.get(k),
          means.get(k) / total,
          changes.belowOnePercent());
    }
    views.add(
        Plot.view(
            List.of(group.label(), "layer " + layer, "experience " + name),
            Plot.histogram(group.number(), changes.edges(), means)));
  }
}
