package org.raphe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.network.NeuronModel;
import org.raphe.training.Dataset;
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
        "Measures training throughput of this machine's backends on MNIST, 784-1000-10, beside the same algorithm on a tensor engine, in pairs.")
final class BenchCommand implements Callable<Integer> {
  private static final int EPOCH = 60_000;

  @Mixin CommonOptions common;
  @Mixin BackendOptions backendOptions;

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
    DataOptions data = new DataOptions();
    data.dataset = "mnist";
    Dataset mnist = data.load();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter log = spec.commandLine().getErr();
    List<List<String>> rows = new ArrayList<>();
    try (Backend backend = backendOptions.open(log)) {
      BenchEngine engine =
          engineSamples == 0
              ? null
              : ServiceLoader.load(BenchEngine.class).findFirst().orElse(null);
      log.println("engine: " + (engine == null ? absence() : engine.conditions(threads())));
      log.flush();
      for (NeuronModel neuron : NeuronModel.values()) {
        compare(neuron, backend, engine, mnist, rows);
      }
    }
    TextTable.print(
        out,
        List.of("workload", "what", "samples/s (repetitions)", "s an epoch (best)", "times faster"),
        rows);
    return Raphe.DONE;
  }

  private void compare(
      NeuronModel neuron,
      Backend backend,
      BenchEngine compared,
      Dataset mnist,
      List<List<String>> rows) {
    BenchWorkload ours = new BackendWorkload(backend, mnist.train(), neuron);
    List<Double> ourRates = new ArrayList<>();
    List<Double> engineRates = new ArrayList<>();
    try (ours;
        BenchWorkload engine =
            compared == null ? null : compared.workload(neuron, mnist.train(), threads())) {
      ours.train(samples);
      if (engine != null) {
        engine.train(engineSamples);
      }
      for (int repetition = 0; repetition < repetitions; repetition++) {
        ourRates.add(samples / ours.train(samples));
        if (engine != null) {
          engineRates.add(engineSamples / engine.train(engineSamples));
        }
      }
    }
    double best = best(ourRates);
    String workload = "mnist 784-1000-10 " + neuron;
    rows.add(
        List.of(
            workload,
            backend.name(),
            rates(ourRates),
            seconds(best),
            engineRates.isEmpty()
                ? "engine " + absence()
                : String.format(Locale.ROOT, "%.1f", best / best(engineRates))));
    if (!engineRates.isEmpty()) {
      rows.add(
          List.of(
              workload, "PyTorch engine", rates(engineRates), seconds(best(engineRates)), "1.0"));
    }
  }

  private int threads() {
    return backendOptions.threads == null
        ? Runtime.getRuntime().availableProcessors()
        : backendOptions.threads;
  }

  private String absence() {
    return engineSamples == 0 ? "left out" : "not on the class path; ./raphe bench puts it there";
  }

  private static double best(List<Double> rates) {
    return rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  private static String rates(List<Double> rates) {
    return String.join(
        " ", rates.stream().map(rate -> String.format(Locale.ROOT, "%.0f", rate)).toList());
  }

  private static String seconds(double rate) {
    return String.format(Locale.ROOT, "%.2f", EPOCH / rate);
  }
}
