package org.raphe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.data.Dataset;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code raphe bench}: throughput on the standard workloads, beside an automatic-differentiation
 * engine's.
 */
@Command(
    name = "bench",
    description =
        "Measures training throughput of this machine's backends on MNIST, beside the same algorithm on a tensor engine, in pairs.",
    footer = {
      "  raphe bench",
      "  raphe bench --network 28x28x1-c32k5p2-pool-500-10 --samples 3200"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int EPOCH = 60_000;
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;

  @Mixin CommonOptions common;
  @Mixin BackendOptions backendOptions;

  @Option(
      names = "--network",
      defaultValue = "784-1000-10",
      paramLabel = "TEXT",
      description =
          "The network, as 'raphe train --help' says, of 784 inputs and 10 classes; spiking units, then rate units. Default: ${DEFAULT-VALUE}.")
  String network;

  @Option(
      names = "--neuron",
      paramLabel = "lif|rate",
      description = "Units that are timed. Default: spiking ones, then rate units.")
  String neuron;

  @Option(
      names = "--samples",
      defaultValue = "12800",
      paramLabel = "N",
      description = "Samples timed in each repetition of our backend. Default: ${DEFAULT-VALUE}.")
  int samples;

  @Option(
      names = "--engine-samples",
      defaultValue = "3200",
      paramLabel = "N",
      description =
          "Samples timed in each repetition of the engine; 0 leaves it out. Default: ${DEFAULT-VALUE}.")
  int engineSamples;

  @Option(
      names = "--repetitions",
      defaultValue = "3",
      paramLabel = "N",
      description = "Repetitions; backend and engine take turns. Default: ${DEFAULT-VALUE}.")
  int repetitions;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    checkCounts();
    List<NeuronModel> timed =
        neuron == null
            ? List.of(NeuronModel.values())
            : List.of(OptionValue.of("--neuron", NeuronModel.class, neuron));
    timed.forEach(units -> checkFits(network(units)));
    Dataset mnist = DataOptions.mnist();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter log = spec.commandLine().getErr();
    List<List<String>> rows = new ArrayList<>();
    try (Backend backend = backendOptions.open(log)) {
      BenchEngine engine = engine(log);
      for (NeuronModel units : timed) {
        compare(units, backend, engine, mnist, rows);
      }
    }
    TextTable.print(
        out,
        List.of(
            "workload",
            "what",
            "samples/s (repetitions)",
            "s an epoch (best)",
            "processor ms a sample",
            "mJ a sample",
            "times faster"),
        rows);
    return Raphe.DONE;
  }

  private NetworkSpec network(NeuronModel units) {
    return NetworkText.parse(network, units, Mode.CLASSIFICATION);
  }

  private static void checkFits(NetworkSpec network) {
    if (network.input().size() != INPUTS || network.classes() != CLASSES) {
      throw new InputException(
          "--network "
              + network.text()
              + " does not take MNIST: give one of "
              + INPUTS
              + " inputs and "
              + CLASSES
              + " classes");
    }
  }

  private void checkCounts() {
    if (samples < 320
        || samples > EPOCH
        || engineSamples < 0
        || engineSamples > EPOCH
        || repetitions < 1) {
      throw new InputException(
          "--samples must be in 320.."
              + EPOCH
              + ", --engine-samples in 0.."
              + EPOCH
              + " and --repetitions at least 1");
    }
  }

  /** The engine that is compared with, of which the log is told; null if there is none. */
  private BenchEngine engine(PrintWriter log) {
    BenchEngine engine =
        engineSamples == 0 ? null : ServiceLoader.load(BenchEngine.class).findFirst().orElse(null);
    if (engine != null) {
      EngineThreads.tellDefault(log);
    }
    log.println("engine: " + (engine == null ? absence() : engine.conditions(threads())));
    log.flush();
    return engine;
  }

  private void compare(
      NeuronModel units,
      Backend backend,
      BenchEngine compared,
      Dataset mnist,
      List<List<String>> rows) {
    BenchTimings ours = new BenchTimings(samples);
    BenchTimings engines = new BenchTimings(engineSamples);
    NetworkSpec shape = network(units);
    try (BenchWorkload workload = new BackendWorkload(backend, mnist.train(), shape, new Naca());
        BenchWorkload engine =
            compared == null ? null : compared.workload(shape, mnist.train(), threads())) {
      workload.train(samples);
      if (engine != null) {
        engine.train(engineSamples);
      }
      for (int repetition = 0; repetition < repetitions; repetition++) {
        ours.repeat(workload, RunEnergy.start(false, backend));
        if (engine != null) {
          engines.repeat(engine, RunEnergy.ofHost());
        }
      }
    }
    String name = "mnist " + shape.text() + " " + units;
    String faster =
        engines.isEmpty()
            ? "engine left out"
            : String.format(Locale.ROOT, "%.1f", ours.best() / engines.best());
    rows.add(row(name, backend.name(), ours, faster));
    if (!engines.isEmpty()) {
      rows.add(row(name, "PyTorch engine", engines, "1.0"));
    }
  }

  private List<String> row(String workload, String what, BenchTimings timings, String faster) {
    if (timings.notMeasured() != null) {
      PrintWriter log = spec.commandLine().getErr();
      log.println("energy of " + workload + ", " + what + ": " + timings.notMeasured());
      log.flush();
    }
    String epoch = String.format(Locale.ROOT, "%.2f", EPOCH / timings.best());
    return List.of(
        workload,
        what,
        timings.rates(),
        epoch,
        timings.processorMilliseconds(),
        timings.millijoules(),
        faster);
  }

  private int threads() {
    return backendOptions.threads == null
        ? Runtime.getRuntime().availableProcessors()
        : backendOptions.threads;
  }

  private String absence() {
    return engineSamples == 0
        ? "left out"
        : "left out: the module benchmarks, which holds it, " + OptionalModule.BENCHMARKS.absence();
  }
}
