package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.raphe.report.Table.Format;
import org.raphe.result.BackendUsed;
import org.raphe.result.CostResult;
import org.raphe.result.DataUsed;
import org.raphe.result.Provenance;
import org.raphe.result.RunResult;

/** What was run, what is missing, and where each number comes from. */
final class OverviewSections {
  private OverviewSections() {}

  /** One row a setting. */
  static Section summary(List<Scope> scopes) {
    Table table = summaryColumns();
    for (Scope scope : scopes) {
      scope.groups().forEach(group -> table.row(summary(scope, group)));
    }
    return new Section("summary", "Results")
        .words(
            "One row a setting: means over seeds, with the standard deviation of accuracy. A dash"
                + " is what was not measured; it is never drawn as 0. Accuracies on validation"
                + " samples and on test samples do not compare, and stand in plots of their own.")
        .notice(
            scopes.stream().map(Scope::measuredOn).distinct().count() > 1
                ? "Some accuracies are on validation samples and some on test samples."
                : null)
        .table(table);
  }

  private static Object[] summary(Scope scope, RunGroup group) {
    Spread accuracy = group.spread(Run::accuracy);
    Run run = group.first();
    return new Object[] {
      group.label(),
      Spread.meanOf(accuracy),
      Spread.deviationOf(accuracy),
      Spread.countOf(accuracy),
      scope.measuredOn(),
      protocol(scope, run),
      mean(group, Run::operations),
      mean(group, Run::bytesMoved),
      mean(group, Run::seconds),
      mean(group, Run::estimatedJoules),
      mean(group, Run::measuredJoules),
      mean(group, of -> Run.number(of.cost(CostResult::networkBytes))),
      mean(group, of -> Run.number(of.cost(CostResult::peakMemoryBytes))),
      group.countedBy(),
      group.dataset(),
      run.network()
    };
  }

  private static String protocol(Scope scope, Run run) {
    if (scope.studied()) {
      return "study";
    }
    if (scope.changing() || scope.permuted()) {
      return scope.changing() ? "volatile" : "permuted";
    }
    return run.continual() ? run.protocol() : "classification";
  }

  private static Table summaryColumns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("accuracy", Format.PERCENT)
        .column("deviation", Format.PERCENT)
        .column("seeds", Format.WHOLE)
        .column("accuracy on", Format.TEXT)
        .column("protocol", Format.TEXT)
        .column("operations", Format.COUNT)
        .column("bytes moved (B)", Format.COUNT)
        .column("seconds", Format.NUMBER)
        .column("energy, estimate (J)", Format.COUNT)
        .column("energy, measured (J)", Format.COUNT)
        .column("network's memory (B)", Format.COUNT)
        .column("Java's heap, peak (B)", Format.COUNT)
        .column("counted by", Format.TEXT)
        .column("data set", Format.TEXT)
        .column("network", Format.TEXT);
  }

  /** In what the settings of one scope differ; null where there is one only. */
  static Section settings(Scope scope) {
    if (scope.groups().size() < 2) {
      return null;
    }
    List<String> keys = GroupLabels.differing(scope.groups());
    Table table = new Table().column("setting", Format.TEXT).column("seeds", Format.TEXT);
    keys.forEach(key -> table.column(GroupLabels.name(key), Format.TEXT));
    for (RunGroup group : scope.groups()) {
      List<Object> cells = new ArrayList<>();
      cells.add(group.label());
      cells.add(String.join(", ", group.runs().stream().map(Run::seed).toList()));
      keys.forEach(key -> cells.add(group.identity().get(key)));
      table.row(cells.toArray());
    }
    return scope
        .section("settings", "Settings")
        .words(
            "Runs that differ in their seed alone are one setting. The table has all in which the"
                + " settings differ. All share: "
                + GroupLabels.shared(scope.groups())
                + ".")
        .table(table);
  }

  private static Double mean(RunGroup group, Function<Run, Double> value) {
    return Spread.meanOf(group.spread(value));
  }

  /** What could not be read, and runs that add nothing new. */
  static Section missing(Map<String, String> missing, List<Run> repeated) {
    Table table =
        new Table().column("run", Format.TEXT).column("why it is not in the report", Format.TEXT);
    missing.forEach((folder, reason) -> table.row(ForeignText.of(folder), ForeignText.of(reason)));
    for (Run run : repeated) {
      table.row(
          run.name(), "repeated: a run of the same settings and seed is in the report already");
    }
    return new Section("missing", "Left out")
        .words(
            table.size() == 0
                ? "Nothing: every run that was named is in the report."
                : "These runs are not in any plot, table or mean of this page.")
        .table(table.size() == 0 ? null : table);
  }

  /** Where each run comes from and how to repeat it. */
  static Section provenance(List<RunGroup> groups) {
    Table table = provenanceColumns();
    List<Map<String, String>> commands = new ArrayList<>();
    for (RunGroup group : groups) {
      for (Run run : group.runs()) {
        table.row(
            run.name(),
            group.label(),
            run.seed(),
            Run.text(run.result().backend(), BackendUsed::name),
            Run.text(run.result().backend(), BackendUsed::device),
            Run.text(run.result().provenance(), Provenance::version),
            Run.text(run.result().provenance(), Provenance::gitCommit),
            Run.text(run.result().provenance(), Provenance::java),
            Run.text(run.result().provenance(), Provenance::os),
            Run.text(run.result().provenance(), Provenance::started),
            Run.text(run.result().dataset(), DataUsed::sha256),
            Run.text(run.result(), RunResult::weightsSha256));
        commands.add(command(run));
      }
    }
    Section section = new Section("provenance", "Provenance");
    SameBitsWords.of(groups).forEach(section::words);
    return section.table(table).commands(commands);
  }

  private static Map<String, String> command(Run run) {
    String commit = Run.text(run.result().provenance(), Provenance::gitCommit);
    String at = commit == null ? "commit not recorded" : "commit " + commit;
    return Map.of("run", run.name() + ", " + at, "command", RepeatCommand.of(run));
  }

  private static Table provenanceColumns() {
    return new Table()
        .column("run", Format.TEXT)
        .column("setting", Format.TEXT)
        .column("seed", Format.TEXT)
        .column("backend", Format.TEXT)
        .column("device", Format.TEXT)
        .column("version", Format.TEXT)
        .column("commit", Format.TEXT)
        .column("Java", Format.TEXT)
        .column("system", Format.TEXT)
        .column("started", Format.TEXT)
        .column("data SHA-256", Format.TEXT)
        .column("weights SHA-256", Format.TEXT);
  }
}
