package org.raphe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.raphe.report.Spread;
import org.raphe.result.RunResult;

/**
 * What came of a sweep: a line for the runs that differ by their seed alone.
 *
 * @param finished results by the name of their run; runs that failed are missing
 */
record SweepTable(List<SweepRun> runs, Map<String, RunResult> finished) {
  private static final Set<String> NOT_SHOWN = Set.of("dataset", "data", "seed");
  private static final String NONE = "-";

  void print(PrintWriter out) {
    Map<Map<String, String>, List<SweepRun>> bySetting =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    SweepTable::setting, LinkedHashMap::new, Collectors.toList()));
    List<String> heading = new ArrayList<>(bySetting.keySet().iterator().next().keySet());
    heading.addAll(List.of("runs", "accuracy", "measured on", "seconds"));
    List<List<String>> rows = new ArrayList<>();
    bySetting.forEach(
        (setting, group) -> {
          List<String> row = new ArrayList<>(setting.values());
          row.addAll(outcome(group));
          rows.add(row);
        });
    TextTable.print(out, heading, rows);
  }

  private static Map<String, String> setting(SweepRun run) {
    Map<String, String> shown = new LinkedHashMap<>(run.settings());
    shown.keySet().removeAll(NOT_SHOWN);
    return shown;
  }

  private List<String> outcome(List<SweepRun> group) {
    List<RunResult> results =
        group.stream().map(run -> finished.get(run.name())).filter(Objects::nonNull).toList();
    Spread accuracy = Spread.of(results.stream().map(SweepTable::accuracy).toList());
    Spread seconds =
        Spread.of(
            results.stream()
                .map(result -> result.cost() == null ? null : result.cost().seconds())
                .toList());
    boolean validated = results.stream().anyMatch(result -> result.testAccuracy() == null);
    return List.of(
        results.size() == group.size() ? "" + group.size() : results.size() + " of " + group.size(),
        accuracy == null ? NONE : text(accuracy),
        accuracy == null ? NONE : validated ? "validation" : "test",
        seconds == null ? NONE : String.format(Locale.ROOT, "%.1f", seconds.mean()));
  }

  /** Accuracy at the end, of whatever it was measured on; null where it is not told. */
  static Double accuracy(RunResult result) {
    return result.testAccuracy() == null ? result.validationAccuracy() : result.testAccuracy();
  }

  private static String text(Spread accuracy) {
    String mean = String.format(Locale.ROOT, "%.4f", accuracy.mean());
    return accuracy.deviation() == null
        ? mean
        : mean + String.format(Locale.ROOT, " ± %.4f", accuracy.deviation());
  }
}
