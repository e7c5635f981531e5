package org.raphe.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Refuses a sweep of which a run cannot be made, before the first is started. */
final class SweepCheck {
  private static final Set<String> OF_DATA =
      CommandSpec.forAnnotatedObject(new DataOptions()).options().stream()
          .map(option -> option.longestName().substring(2))
          .collect(Collectors.toSet());

  private final List<SweepRun> runs;
  private final Path out;

  SweepCheck(List<SweepRun> runs, Path out) {
    this.runs = runs;
    this.out = out;
  }

  /**
   * Checks every run as made on this machine, and the first of each backend on every device; each
   * data set is loaded once.
   *
   * @param devices numbers of those that runs are made on; empty for none
   * @throws InputException for the first run that cannot be made
   */
  void here(List<Integer> devices) {
    if (!devices.isEmpty()) {
      requireBackend("--devices", Set.of("cuda", "opencl"));
    }
    Integer first = devices.isEmpty() ? null : devices.get(0);
    each(first, (run, loaded) -> swept(run, first).check(loaded, true));
    Map<String, SweepRun> ofBackend = new LinkedHashMap<>();
    runs.forEach(run -> ofBackend.putIfAbsent(run.settings().get("backend"), run));
    for (SweepRun run : devices.size() > 1 ? ofBackend.values() : List.<SweepRun>of()) {
      Dataset loaded = swept(run, first).load();
      for (Integer device : devices.subList(1, devices.size())) {
        named(run, () -> swept(run, device).check(loaded, true));
      }
    }
  }

  /**
   * Checks every run as made on another machine, whose backends cannot be tried.
   *
   * @param gpu whether each is given a GPU there
   * @return digests of the runs' data sets
   * @throws InputException for the first run that cannot be made
   */
  Map<SweepRun, String> elsewhere(boolean gpu) {
    if (gpu) {
      requireBackend("--cluster-gpu", Set.of("cuda"));
    }
    runs.forEach(this::refuseFilesOfHere);
    Map<Dataset, String> digests = new IdentityHashMap<>();
    Map<SweepRun, String> ofRuns = new HashMap<>();
    each(
        null,
        (run, loaded) -> {
          swept(run, null).check(loaded, false);
          ofRuns.put(run, digests.computeIfAbsent(loaded, Dataset::sha256));
        });
    return ofRuns;
  }

  /** Workers have the data set, or it is sent; no other file. */
  private void refuseFilesOfHere(SweepRun run) {
    CommandSpec spec = parsed(run, null).getCommandSpec();
    for (String name : run.settings().keySet()) {
      OptionSpec option = spec.findOption("--" + name);
      if (option.getValue() instanceof Path && !OF_DATA.contains(name)) {
        throw new InputException(
            "--set "
                + name
                + " names a file of this machine, which a cluster's workers do not have");
      }
    }
  }

  private void requireBackend(String option, Set<String> named) {
    for (SweepRun run : runs) {
      String backend = run.settings().getOrDefault("backend", "auto").toLowerCase(Locale.ROOT);
      if (!named.contains(backend)) {
        throw new InputException(
            option
                + " hands out devices of a backend that is named; add --set backend=cuda"
                + (named.contains("opencl") ? ", or opencl" : ""));
      }
    }
  }

  /** Checks every run with its data set, which each that shares it is given. */
  private void each(Integer device, BiConsumer<SweepRun, Dataset> check) {
    Map<Map<String, String>, List<SweepRun>> byData =
        runs.stream()
            .collect(
                Collectors.groupingBy(SweepCheck::dataOf, LinkedHashMap::new, Collectors.toList()));
    // What is typed wrong is told before data are loaded, which may take long.
    runs.forEach(run -> parsed(run, device));
    for (List<SweepRun> sharing : byData.values()) {
      Dataset loaded = swept(sharing.get(0), device).load();
      sharing.forEach(run -> named(run, () -> check.accept(run, loaded)));
    }
  }

  private static void named(SweepRun run, Runnable check) {
    try {
      check.run();
    } catch (InputException e) {
      throw new InputException("run " + run.name() + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> dataOf(SweepRun run) {
    Map<String, String> ofData = new LinkedHashMap<>(run.settings());
    ofData.keySet().retainAll(OF_DATA);
    return ofData;
  }

  private SweptCommand swept(SweepRun run, Integer device) {
    return parsed(run, device).getCommand();
  }

  /** The command of a run, with its options set. */
  private CommandLine parsed(SweepRun run, Integer device) {
    CommandLine commands = Raphe.commands();
    CommandLine command = commands.getSubcommands().get(run.command());
    if (command == null || !(command.getCommand() instanceof SweptCommand)) {
      throw new InputException(
          "--command \""
              + run.command()
              + "\" is unknown; choose train, continual, volatile or permuted");
    }
    try {
      commands.parseArgs(run.arguments(out.resolve(run.name()), device).toArray(String[]::new));
      return command;
    } catch (ParameterException e) {
      throw new InputException("no run can be made: " + e.getMessage(), e);
    }
  }
}
