package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.parity.CheckRow;
import org.raphe.parity.ParityCase;
import org.raphe.parity.RecordedVectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe parity}: the same bits everywhere, and the recorded numbers. */
@Command(
    name = "parity",
    description =
        "Trains the same seeded networks on every backend and compares digests of all weights and spike counts; with --vectors, checks the backends against recorded numbers.")
final class ParityCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Option(
      names = "--backends",
      defaultValue = "cpu",
      split = ",",
      paramLabel = "NAME",
      description =
          "Backends to compare. The CPU backend also compares its plain and its vector loops, on 1, 2 and 3 threads. Default: ${DEFAULT-VALUE}.")
  List<String> backends;

  @Option(
      names = "--vectors",
      paramLabel = "DIR",
      description = "Folder of recorded vectors (*.json): prints a row a file.")
  Path vectors;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    for (String name : backends) {
      if (!name.equals("cpu")) {
        throw new InputException(
            "backend \"" + name + "\" is not part of this version of Raphe; compare cpu");
      }
    }
    return vectors == null ? compareBackends() : checkVectors();
  }

  private int checkVectors() {
    List<List<String>> rows = new ArrayList<>();
    boolean failed = false;
    try (Backend backend = new CpuBackend(1)) {
      for (CheckRow row : RecordedVectors.check(vectors, backend)) {
        rows.add(List.of(row.file(), row.outcome().name().toLowerCase(Locale.ROOT), row.detail()));
        failed |= row.outcome() == CheckRow.Outcome.FAILED;
      }
    }
    TextTable.print(spec.commandLine().getOut(), List.of("recorded file", "cpu", "detail"), rows);
    return failed ? Raphe.FAILED : Raphe.DONE;
  }

  private int compareBackends() {
    PrintWriter out = spec.commandLine().getOut();
    List<Backend> compared = new ArrayList<>();
    try {
      compared.add(new CpuBackend(1, KernelChoice.named("plain")));
      KernelChoice best = KernelChoice.best();
      if (best.description().equals(KernelChoice.named("plain").description())) {
        out.println("vector loops are not compared: " + best.reason());
      } else {
        compared.add(new CpuBackend(1, best));
      }
      compared.add(new CpuBackend(2, best));
      compared.add(new CpuBackend(3, best));
      return printCases(out, compared);
    } finally {
      compared.forEach(Backend::close);
    }
  }

  private static int printCases(PrintWriter out, List<Backend> compared) {
    boolean failed = false;
    List<List<String>> rows = new ArrayList<>();
    for (ParityCase parityCase : ParityCase.all()) {
      List<String> digests = compared.stream().map(parityCase::digest).toList();
      boolean same = digests.stream().distinct().count() == 1;
      failed |= !same;
      rows.add(
          List.of(
              parityCase.toString(),
              same ? "same bits" : "DIFFERENT",
              same ? digests.get(0) : String.join(" ", digests)));
    }
    TextTable.print(
        out, List.of("network, trained on each of " + compared.size(), "outcome", "SHA-256"), rows);
    return failed ? Raphe.FAILED : Raphe.DONE;
  }
}
