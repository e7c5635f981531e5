package org.raphe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.raphe.report.Table.Format;

/** The same models tested under both protocols. */
final class ProtocolSection {
  /** Why accuracies under the published protocol are not what a network would reach in use. */
  static final String LEAK =
      "Under the published protocol the gate is made from the mean of a test batch that holds one class only, so the batch tells the network the class. Under the strict protocol samples are shown one at a time, and the accuracy on MNIST of the authors' program falls to about 30 % (rate) and 20 % (spiking).";

  private static final String PUBLISHED = "published";
  private static final String STRICT = "strict";

  /** One model: a group for each protocol, null where there is none. */
  private record Pair(RunGroup published, RunGroup strict) {
    private RunGroup either() {
      return published == null ? strict : published;
    }

    /** What the published protocol adds, seed by seed. */
    private Spread difference() {
      if (published == null || strict == null) {
        return null;
      }
      List<Double> differences = new ArrayList<>();
      for (Run run : published.runs()) {
        strict.runs().stream()
            .filter(other -> other.seed().equals(run.seed()))
            .filter(other -> run.accuracy() != null && other.accuracy() != null)
            .forEach(other -> differences.add(run.accuracy() - other.accuracy()));
      }
      return Spread.of(differences);
    }
  }

  private ProtocolSection() {}

  static Section of(Scope scope) {
    Table table = columns();
    List<Object> bars = new ArrayList<>();
    int together = 0;
    for (Pair pair : pairs(scope.groups())) {
      together += pair.published != null && pair.strict != null ? 1 : 0;
      add(pair, bars, table);
    }
    return scope
        .section("protocols", "The same models under both protocols")
        .notice(LEAK)
        .notice(
            together > 0
                ? null
                : "No model here was run under both protocols; run it again with the other --protocol to see them side by side.")
        .words(
            "Mean accuracy at the end over seeds; weights do not depend on the protocol, only how they are tested does. The difference is taken seed by seed, over the seeds that were run under both. Networks without a gate give the same under both. "
                + ContinualSections.SPREAD)
        .plot(Plot.bars("accuracy, %", true, bars))
        .table(table);
  }

  /** Groups that differ in the protocol alone, whatever ran them. */
  private static List<Pair> pairs(List<RunGroup> groups) {
    Map<Map<String, String>, List<RunGroup>> published = new LinkedHashMap<>();
    Map<Map<String, String>, List<RunGroup>> strict = new LinkedHashMap<>();
    for (RunGroup group : groups) {
      String protocol = group.first().protocol();
      Map<Map<String, String>, List<RunGroup>> of =
          PUBLISHED.equals(protocol) ? published : STRICT.equals(protocol) ? strict : null;
      if (of != null) {
        of.computeIfAbsent(model(group), k -> new ArrayList<>()).add(group);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    published.forEach(
        (model, of) -> {
          List<RunGroup> others = strict.getOrDefault(model, List.of());
          for (int k = 0; k < Math.max(of.size(), others.size()); k++) {
            pairs.add(
                new Pair(
                    k < of.size() ? of.get(k) : null, k < others.size() ? others.get(k) : null));
          }
        });
    strict.keySet().removeAll(published.keySet());
    strict.values().forEach(of -> of.forEach(group -> pairs.add(new Pair(null, group))));
    return pairs;
  }

  /** What makes the weights. */
  private static Map<String, String> model(RunGroup group) {
    Map<String, String> model = new LinkedHashMap<>(group.identity());
    model
        .keySet()
        .removeIf(
            key ->
                key.matches("(?s)(--)?protocol|learning/test_batch|--(threads|kernels|device)")
                    || key.matches("(?s)(--)?backend.*|provenance/.*|--checkpoint-seconds"));
    model.values().removeIf(Objects::isNull);
    return model;
  }

  private static void add(Pair pair, List<Object> bars, Table table) {
    String name = pair.either().label().replaceFirst(", (published|strict)(?=,|$)", "");
    Spread published = pair.published == null ? null : pair.published.spread(Run::accuracy);
    Spread strict = pair.strict == null ? null : pair.strict.spread(Run::accuracy);
    Spread difference = pair.difference();
    addBar(pair.published, published, bars);
    addBar(pair.strict, strict, bars);
    table.row(
        name,
        pair.either().identity().get("learning/gate"),
        Spread.countOf(published),
        Spread.meanOf(published),
        Spread.deviationOf(published),
        Spread.countOf(strict),
        Spread.meanOf(strict),
        Spread.deviationOf(strict),
        Spread.countOf(difference),
        Spread.meanOf(difference),
        Spread.deviationOf(difference),
        Published.continual(pair.either().first()));
  }

  private static void addBar(RunGroup group, Spread accuracy, List<Object> bars) {
    if (accuracy != null) {
      bars.add(Plot.bar(group.label(), group.number(), accuracy));
    }
  }

  private static Table columns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("gate", Format.TEXT)
        .column("seeds, published", Format.WHOLE)
        .column("published", Format.PERCENT)
        .column("deviation, published", Format.PERCENT)
        .column("seeds, strict", Format.WHOLE)
        .column("strict", Format.PERCENT)
        .column("deviation, strict", Format.PERCENT)
        .column("seeds in both", Format.WHOLE)
        .column("published - strict", Format.PERCENT)
        .column("deviation of the difference", Format.PERCENT)
        .column("the paper's figure (protocol published)", Format.PERCENT);
  }
}
