package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import org.raphe.report.Table.Format;
import org.raphe.result.ExampleSpikes;
import org.raphe.result.ExampleSpikes.LayerSpikes;

/** Spikes of one sample, layer by layer. */
final class SpikeSection {
  private static final int MOST_LAYERS = 16;
  private static final int MOST_UNITS = 64;
  private static final int MOST_STEPS = 256;

  private SpikeSection() {}

  /** The section; null where no run of the scope keeps the spikes of a sample. */
  static Section of(Scope scope) {
    Table table = columns();
    List<Object> views = new ArrayList<>();
    int broken = 0;
    for (RunGroup group : scope.groups()) {
      for (Run run : group.runs()) {
        broken += run.result().exampleSpikes() == null || isWhole(run) ? 0 : 1;
      }
      group.runs().stream()
          .filter(SpikeSection::isWhole)
          .findFirst()
          .ifPresent(run -> add(group, run, views, table));
    }
    if (views.isEmpty()) {
      return null;
    }
    return scope
        .section("spikes", "Example spikes")
        .words(
            "The first "
                + scope.measuredOn()
                + " sample, shown to the network that the first seed of a setting ended with: a mark where a unit (rows, layer under layer, the read-out last) spikes at a step. Of a layer of more than "
                + MOST_UNITS
                + " units so many at equal distances are drawn; the table counts all. The read-out's unit that spikes most is the answer.")
        .notice(
            broken == 0 ? null : broken + " runs hold example spikes that are broken, left out.")
        .plot(Plot.views("raster", List.of("setting"), views))
        .table(table);
  }

  /** Whether a run holds spikes that can be drawn. */
  private static boolean isWhole(Run run) {
    ExampleSpikes example = run.result().exampleSpikes();
    return example != null
        && example.steps() != null
        && example.steps() > 0
        && example.layers() != null
        && !example.layers().isEmpty()
        && example.layers().size() <= MOST_LAYERS
        && example.layers().stream().allMatch(layer -> isWhole(layer, example.steps()));
  }

  private static boolean isWhole(LayerSpikes layer, int steps) {
    int drawn = Math.min(MOST_STEPS, steps);
    return layer.units() != null
        && layer.units() > 0
        && layer.shown() != null
        && layer.trains() != null
        && layer.shown().size() == layer.trains().size()
        && layer.shown().size() <= MOST_UNITS
        && layer.shown().stream().allMatch(unit -> unit >= 0 && unit < layer.units())
        && layer.trains().stream()
            .allMatch(train -> train.length() == drawn && train.matches("[01]*"));
  }

  private static void add(RunGroup group, Run run, List<Object> views, Table table) {
    ExampleSpikes example = run.result().exampleSpikes();
    int last = example.layers().size() - 1;
    List<String> names = Confusions.names(run, example.layers().get(last).units());
    String label = className(names, example.label());
    String predicted = className(names, example.predicted());
    List<Object> layers = new ArrayList<>();
    for (int k = 0; k <= last; k++) {
      LayerSpikes layer = example.layers().get(k);
      String name = k == last ? "read-out" : "layer " + (k + 1);
      layers.add(drawn(name, layer, k == last ? names : null));
      table.row(
          group.label(),
          run.seed(),
          label,
          predicted,
          name,
          layer.units(),
          layer.spikes(),
          Run.told(layer.spikes(), n -> n / ((double) layer.units() * example.steps())));
    }
    int steps = Math.min(MOST_STEPS, example.steps());
    String answer = "class " + label + ", taken for " + predicted;
    views.add(
        Plot.view(List.of(group.label()), Plot.raster(group.number(), steps, answer, layers)));
  }

  /**
   * A layer as it is drawn.
   *
   * @param classes names of its units; null where they have numbers
   */
  private static Object drawn(String name, LayerSpikes layer, List<String> classes) {
    int shown = layer.shown().size();
    String some = shown < layer.units() ? shown + " of " + layer.units() : "" + shown;
    return Plot.spikingLayer(
        name + ", " + some + " units",
        layer.shown().stream()
            .map(unit -> classes == null ? "unit " + unit : "class " + classes.get(unit))
            .toList(),
        layer.trains());
  }

  private static String className(List<String> names, Integer number) {
    return number == null || number < 0 || number >= names.size() ? "unknown" : names.get(number);
  }

  private static Table columns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("seed", Format.TEXT)
        .column("class", Format.TEXT)
        .column("taken for", Format.TEXT)
        .column("layer", Format.TEXT)
        .column("units", Format.WHOLE)
        .column("spikes", Format.WHOLE)
        .column("spikes a unit and step", Format.NUMBER);
  }
}
