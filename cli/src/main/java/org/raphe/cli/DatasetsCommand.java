package org.raphe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetEntry;
import org.raphe.datasets.DatasetOptions;
import org.raphe.datasets.speech.CorpusInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe datasets}: what is bundled, what is cached, what a licensed corpus needs. */
@Command(
    name = "datasets",
    description = "Lists the data sets: bundled, cached, or what each needs.",
    footer = {"  raphe datasets", "  raphe datasets | grep bundled"})
final class DatasetsCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Option(
      names = "--inspect",
      paramLabel = "DIR",
      description =
          "Read a folder of spoken digits and say what is there: speakers, files a class, durations, what is left out and why. Status 1 if a recording cannot be used.")
  Path inspected;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return inspected == null ? list() : inspect();
  }

  private int inspect() {
    CorpusInspection inspection;
    try (var progress = new ReadingProgress(spec.commandLine().getErr(), false)) {
      inspection = CorpusInspection.of(inspected, progress);
    }
    inspection.lines().forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return inspection.isUsable() ? Raphe.DONE : Raphe.FAILED;
  }

  private int list() {
    List<List<String>> rows = new ArrayList<>();
    for (DatasetEntry entry : DatasetCatalog.entries(DatasetOptions.defaults())) {
      rows.add(
          List.of(
              entry.name(),
              entry.availability().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              entry.bytes() == null ? "unknown" : (entry.bytes() >> 20) + " MiB",
              entry.licence(),
              entry.description() + " (" + entry.location() + ")"));
    }
    TextTable.print(
        spec.commandLine().getOut(),
        List.of("name", "availability", "size", "licence", "what and where"),
        rows);
    spec.commandLine()
        .getOut()
        .println("A data folder is given with --data DIR, a download is allowed with --download.");
    return Raphe.DONE;
  }
}
