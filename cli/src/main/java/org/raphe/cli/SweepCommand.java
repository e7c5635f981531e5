package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.raphe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe sweep}: many runs in processes of their own, for a report. */
@Command(
    name = "sweep",
    description =
        "Runs every combination of rules, units, seeds and settings, several at a time; finished runs are kept, stopped ones continued.",
    footer = {
      "  raphe sweep --dataset mnist --rules naca,drtp --out runs/rules",
      "  raphe sweep --dataset mnist --cluster spark://HOST:7077 --out runs/cluster"
    })
final class SweepCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 10_000;
  private static final Set<String> OWN =
      Set.of("dataset", "data", "rule", "neuron", "seed", "out", "resume", "config", "quiet");

  @Mixin CommonOptions common;
  @Mixin ClusterOptions cluster;

  @Option(
      names = "--command",
      defaultValue = "train",
      paramLabel = "NAME",
      description =
          "What is run: train, continual, volatile or permuted. Default: ${DEFAULT-VALUE}.")
  String command;

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "NAME",
      description = "Data set; 'raphe datasets' lists them.")
  String dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with the data set's own files. Default: what is bundled or cached.")
  Path data;

  @Option(
      names = "--rules",
      split = ",",
      defaultValue = "naca",
      paramLabel = "RULE",
      description = "Learning rules, separated by commas. Default: ${DEFAULT-VALUE}.")
  List<String> rules;

  @Option(
      names = "--neurons",
      split = ",",
      defaultValue = "lif",
      paramLabel = "lif|rate",
      description = "Kinds of units, separated by commas. Default: ${DEFAULT-VALUE}.")
  List<String> neurons;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      paramLabel = "N",
      description = "Seeds, separated by commas. Default: ${DEFAULT-VALUE}.")
  List<Long> seeds;

  @Option(
      names = "--set",
      paramLabel = "OPTION=V1,V2",
      description =
          "An option of the command and its values, such as epochs=3,10; may be given again. Default: none.")
  List<String> settings = List.of();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Runs at a time, which share the processors; seconds and energy are comparable with 1 only. Default: one for each of --devices, else 1.")
  Integer jobs;

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "N",
      description =
          "Devices of the backend that runs name, such as 0,1,2,3: each job has one to itself, or shares it evenly where there are more jobs. Default: what --set device says.")
  List<Integer> devices = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the run folders. No default.")
  Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    cluster.check(localOptions());
    int atATime = jobs == null ? Math.max(1, devices.size()) : jobs;
    if (atATime < 1 || atATime > 1024) {
      throw new InputException("--jobs must be in 1..1024, not " + atATime);
    }
    DevicePool pool = DevicePool.of(devices, atATime);
    List<SweepRun> runs = runs();
    List<String> names = runs.stream().map(SweepRun::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new InputException("the sweep names a run twice; give each value once");
    }
    SweepFolder folder = new SweepFolder(out);
    folder.check(names);
    SweepProgress progress = new SweepProgress(out, runs, spec.commandLine().getErr());
    SweepCheck check = new SweepCheck(runs, out);
    if (cluster.isAsked()) {
      ClusterRuns onCluster = new ClusterRuns(cluster, runs, check);
      return made(folder, names, progress, () -> onCluster.make(progress));
    }
    check.here(devices);
    return made(folder, names, progress, () -> new LocalSweep(progress, atATime, pool).make(runs));
  }

  /** Options of a sweep on this machine that are given. */
  private List<String> localOptions() {
    return Stream.of("--jobs", "--devices")
        .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
        .toList();
  }

  /** Takes the folder, makes the runs and tells what came of them. */
  private int made(
      SweepFolder folder, List<String> names, SweepProgress progress, BooleanSupplier making) {
    PrintWriter console = spec.commandLine().getOut();
    try (FolderLock lock = folder.begin(names)) {
      if (!making.getAsBoolean()) {
        return Raphe.INTERRUPTED;
      }
      int failed = progress.failures();
      progress.table().print(console);
      console.printf(Locale.ROOT, "%d runs, %d failed%n", names.size(), failed);
      console.printf(
          Locale.ROOT, "report: raphe report %s --out %s%n", out, out.resolve("report.html"));
      console.flush();
      return failed == 0 ? Raphe.DONE : Raphe.FAILED;
    }
  }

  /** Every combination; the seed changes fastest. */
  private List<SweepRun> runs() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("dataset", List.of(dataset));
    if (data != null) {
      values.put("data", List.of(data.toAbsolutePath().toString()));
    }
    values.put("rule", rules);
    values.put("neuron", neurons);
    settings.forEach(setting -> addSetting(values, setting));
    values.put("seed", seeds.stream().map(String::valueOf).toList());
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, List<String>> option : values.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : option.getValue()) {
          Map<String, String> extended = new LinkedHashMap<>(combination);
          extended.put(option.getKey(), value);
          more.add(extended);
        }
      }
      if (more.size() > MOST_RUNS) {
        throw new InputException("a sweep has at most " + MOST_RUNS + " runs");
      }
      combinations = more;
    }
    return combinations.stream().map(combination -> new SweepRun(command, combination)).toList();
  }

  private void addSetting(Map<String, List<String>> values, String setting) {
    int equals = setting.indexOf('=');
    String name = equals < 0 ? setting : setting.substring(0, equals).replaceFirst("^--", "");
    if (equals < 0 || name.isEmpty() || equals == setting.length() - 1) {
      throw new InputException("--set \"" + setting + "\" is not OPTION=V1,V2");
    }
    if (OWN.contains(name) || (name.equals("device") && !devices.isEmpty())) {
      throw new InputException(
          "--set does not take " + name + "; see the options of raphe sweep --help");
    }
    List<String> all = Arrays.asList(setting.substring(equals + 1).split(",", -1));
    if (values.put(name, all) != null) {
      throw new InputException("--set " + name + " is given twice; separate values by commas");
    }
  }
}
