package org.raphe.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses a sweep of which a run cannot be made, before the first is started. */
final class SweepCheck {
  private static final Set<String> OF_DATA =
      CommandSpec.forAnnotatedObject(new DataOptions()).options().stream()
          .map(option -> option.longestName().substring(2))
          .collect(Collectors.toSet());

  private SweepCheck() {}

  /**
   * Checks every run; each data set is loaded once.
   *
   * @throws InputException for the first run that cannot be made
   */
  static void of(List<SweepRun> runs, Path out) {
    Map<Map<String, String>, List<SweepRun>> byData =
        runs.stream()
            .collect(
                Collectors.groupingBy(SweepCheck::dataOf, LinkedHashMap::new, Collectors.toList()));
    // What is typed wrong is told before data are loaded, which may take long.
    runs.forEach(run -> parsed(run, out));
    for (List<SweepRun> sharing : byData.values()) {
      Dataset loaded = parsed(sharing.get(0), out).load();
      for (SweepRun run : sharing) {
        try {
          parsed(run, out).check(loaded);
        } catch (InputException e) {
          throw new InputException("run " + run.name() + " cannot be made: " + e.getMessage(), e);
        }
      }
    }
  }

  private static Map<String, String> dataOf(SweepRun run) {
    Map<String, String> ofData = new LinkedHashMap<>(run.settings());
    ofData.keySet().retainAll(OF_DATA);
    return ofData;
  }

  /** The command of a run, with its options set. */
  private static SweptCommand parsed(SweepRun run, Path out) {
    CommandLine commands = Raphe.commands();
    CommandLine command = commands.getSubcommands().get(run.command());
    if (command == null || !(command.getCommand() instanceof SweptCommand swept)) {
      throw new InputException(
          "--command \"" + run.command() + "\" is unknown; choose train, continual or volatile");
    }
    try {
      commands.parseArgs(run.arguments(out.resolve(run.name())).toArray(String[]::new));
      return swept;
    } catch (ParameterException e) {
      throw new InputException("no run can be made: " + e.getMessage(), e);
    }
  }
}
