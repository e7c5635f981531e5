package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.cuda.CudaBackend;
import org.raphe.backend.opencl.OpenClBackend;
import org.raphe.data.Samples;
import org.raphe.parity.CheckRow;
import org.raphe.parity.ParityCase;
import org.raphe.parity.RecordedDigests;
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
        "Trains the same seeded networks on every backend and compares digests of all weights and spike counts, with one another and with recorded ones; with --vectors, checks the backends against recorded numbers.",
    footer = {
      "  raphe parity --backends cpu,opencl",
      "  raphe parity --vectors core/src/test/resources/vectors"
    })
final class ParityCommand implements Callable<Integer> {
  /** Images that batches are taken from. */
  private static final int SAMPLES = 6400;

  @Mixin CommonOptions common;

  @Option(
      names = "--backends",
      defaultValue = "cpu",
      split = ",",
      paramLabel = "NAME",
      description =
          "Backends to compare: cpu, opencl, cuda. The CPU backend alone compares its plain and its vector loops, on 1, 2 and 3 threads. Default: ${DEFAULT-VALUE}.")
  List<String> backends;

  @Option(
      names = "--batches",
      defaultValue = "200",
      paramLabel = "N",
      description = "Batches of MNIST that each network is trained on. Default: ${DEFAULT-VALUE}.")
  int batches;

  @Mixin DeviceOptions device;

  @Option(
      names = "--digests",
      paramLabel = "FILE",
      description =
          "Recorded digests that every backend must come to. Default: those that come with Raphe, of 10 and of 200 batches.")
  Path digests;

  @Option(
      names = "--vectors",
      paramLabel = "DIR",
      description = "Folder of recorded vectors (*.json): prints a row a file.")
  Path vectors;

  private static final List<String> BACKENDS = List.of("cpu", "opencl", "cuda");

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (batches < 1) {
      throw new InputException("--batches must be at least 1, not " + batches);
    }
    backends = backends.stream().map(name -> KnownNames.chosen("backend", name, BACKENDS)).toList();
    device.refuseSyncWithout(backends.contains("cuda"), String.join(", ", backends));
    if (vectors != null && digests != null) {
      throw new InputException(
          "--digests are of trained networks, and --vectors trains none; give one of them");
    }
    RecordedDigests recorded =
        digests == null ? RecordedDigests.bundled() : RecordedDigests.read(digests);
    boolean compared = digests != null || recorded.batches().contains(batches);
    List<Backend> opened = new ArrayList<>();
    try {
      Set<String> named = new LinkedHashSet<>(backends);
      for (String name : named) {
        open(name, named.size() == 1, opened);
      }
      if (vectors != null) {
        return checkVectors(opened);
      }
      if (opened.size() == 1 && !compared) {
        String alone = opened.get(0).name();
        throw new InputException(
            "there is nothing to compare backend "
                + (alone + " with after --batches " + batches + "; choose --backends cpu," + alone)
                + (" or --batches " + counts(recorded) + ", of which digests are recorded"));
      }
      return compareBackends(opened, recorded, compared);
    } finally {
      opened.forEach(Backend::close);
    }
  }

  /** Opens a backend; the CPU alone is compared with itself. */
  private void open(String name, boolean alone, List<Backend> opened) {
    switch (name) {
      case "cpu" -> openCpu(alone && vectors == null, opened);
      case "opencl" -> opened.add(new OpenClBackend(device.number));
      case "cuda" -> opened.add(new CudaBackend(device.number, device.synchronous));
      default -> throw new IllegalStateException("no way to open " + name);
    }
  }

  private void openCpu(boolean withItself, List<Backend> opened) {
    KernelChoice best = KernelChoice.best();
    if (!withItself) {
      opened.add(new CpuBackend(Runtime.getRuntime().availableProcessors(), best));
      return;
    }
    KernelChoice plain = KernelChoice.named("plain");
    opened.add(new CpuBackend(1, plain));
    if (best.description().equals(plain.description())) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("vector loops are not compared: " + best.reason());
    } else {
      opened.add(new CpuBackend(1, best));
    }
    opened.add(new CpuBackend(2, best));
    opened.add(new CpuBackend(3, best));
  }

  private int checkVectors(List<Backend> opened) {
    List<List<String>> rows = new ArrayList<>();
    boolean failed = false;
    for (Backend backend : opened) {
      for (CheckRow row : RecordedVectors.check(vectors, backend)) {
        String outcome = row.outcome().name().toLowerCase(Locale.ROOT);
        rows.add(List.of(row.file(), backend.name(), outcome, row.detail()));
        failed |= row.outcome() == CheckRow.Outcome.FAILED;
      }
    }
    TextTable.print(
        spec.commandLine().getOut(),
        List.of("recorded file", "backend", "outcome", "detail"),
        rows);
    return failed ? Raphe.FAILED : Raphe.DONE;
  }

  private int compareBackends(
      List<Backend> opened, RecordedDigests recorded, boolean withRecorded) {
    PrintWriter out = spec.commandLine().getOut();
    opened.forEach(backend -> out.println(backend.name() + ": " + backend.device()));
    if (!withRecorded) {
      out.println(
          "the backends are compared with one another alone: digests are recorded of "
              + (counts(recorded) + " batches, not of " + batches));
    }
    Samples images = DataOptions.mnist().train().first(SAMPLES);
    DigestTable table = new DigestTable(withRecorded ? recorded.after(batches) : null);
    for (ParityCase parityCase : ParityCase.all()) {
      table.add(
          parityCase.toString(),
          opened.stream().map(Backend::name).toList(),
          opened.stream().map(backend -> parityCase.digest(backend, images, batches)).toList());
    }
    String what = "network, trained on " + batches + " batches of MNIST on each of ";
    String beside = withRecorded ? ", and recorded digests" : "";
    return table.print(out, what + opened.size() + beside) ? Raphe.DONE : Raphe.FAILED;
  }

  private static String counts(RecordedDigests recorded) {
    return recorded.batches().stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }
}
