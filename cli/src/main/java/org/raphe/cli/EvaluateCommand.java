package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.continual.Confusion;
import org.raphe.continual.Experience;
import org.raphe.continual.Protocol;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.model.Model;
import org.raphe.network.Mode;
import org.raphe.result.EvaluationResult;
import org.raphe.result.RecordFile;
import org.raphe.result.RunResult;
import org.raphe.training.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe evaluate}: tests a saved model. */
@Command(
    name = "evaluate",
    description = "Tests a saved model on a data set's test samples.",
    footer = {
      "  raphe evaluate --model runs/first --dataset mnist",
      "  raphe evaluate --model runs/first --dataset mnist --out result.json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Mixin ModelOptions saved;
  @Mixin DataOptions data;
  @Mixin BackendOptions backendOptions;
  @Mixin RunOptions run;

  @Option(
      names = "--batch",
      defaultValue = "32",
      paramLabel = "B",
      description =
          "Samples shown at a time; results do not depend on it. Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(
      names = "--protocol",
      paramLabel = "strict|published",
      description =
          "Networks with an input-type gate: one test sample at a time, or as published in batches of one class each, whose mean tells the class. Default: strict.")
  String protocol;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the result as JSON to this new file.")
  Path out;

  /** Test samples of a batch under the published protocol. */
  private static final int PUBLISHED_BATCH = 256;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Model loaded = saved.load();
    ModelOptions.requireNew(out);
    if (protocol != null && loaded.network().mode() != Mode.CLASS_CONTINUAL) {
      throw new InputException(
          "--protocol is for networks with an input-type gate, which "
              + saved.model
              + " has not: its results do not depend on how test samples are batched");
    }
    data.speech.ofModel(loaded.preparation());
    Dataset dataset = data.load(spec.commandLine().getErr(), run.quiet);
    ModelOptions.requireFeatures(loaded, dataset.name(), dataset.test());
    PrintWriter log = run.log(spec.commandLine().getErr());
    Samples tests =
        ModelOptions.matched(loaded, dataset.name(), dataset.classNames(), dataset.test(), log);
    backendOptions.work = loaded.work(tests.size());
    try (Backend backend = backendOptions.open(log)) {
      long from = System.nanoTime();
      Confusion confusion = evaluate(backend, loaded, tests);
      double seconds = (System.nanoTime() - from) / 1e9;
      report(loaded, dataset, backend, confusion, seconds);
    }
    return Raphe.DONE;
  }

  private Confusion evaluate(Backend backend, Model loaded, Samples tests) {
    Samples shown = loaded.features().apply(tests);
    boolean gated = loaded.network().mode() == Mode.CLASS_CONTINUAL;
    int most = gated ? PUBLISHED_BATCH : batch;
    try (PlacedNetwork placed = backend.place(loaded.placement(most));
        PlacedSamples samples = placed.placeSamples(shown)) {
      placed.writeParameters(loaded.parameters());
      int shownAtATime = protocol(loaded) == Protocol.STRICT ? 1 : most;
      return new Evaluation(placed, samples, shownAtATime)
          .confusion(List.of(Experience.ofTests(shown)), shown);
    }
  }

  /** How test samples are batched where that matters; null where it does not. */
  private Protocol protocol(Model loaded) {
    if (loaded.network().mode() == Mode.CLASSIFICATION) {
      return null;
    }
    return OptionValue.of("--protocol", Protocol.class, protocol == null ? "strict" : protocol);
  }

  private void report(
      Model loaded, Dataset dataset, Backend backend, Confusion confusion, double seconds) {
    PrintWriter told = spec.commandLine().getOut();
    told.printf(
        Locale.ROOT,
        "test accuracy %.4f (%d of %d samples of %s) in %.2f s%s%n",
        confusion.accuracy(),
        confusion.hits(),
        confusion.samples(),
        dataset.name(),
        seconds,
        protocol(loaded) == null ? "" : "; protocol " + protocol(loaded));
    new ConfusionSummary(confusion, loaded.classNames()).print(told);
    told.flush();
    if (out != null) {
      RecordFile.write(out, result(loaded, dataset, backend, confusion, seconds));
    }
  }

  private EvaluationResult result(
      Model loaded, Dataset dataset, Backend backend, Confusion confusion, double seconds) {
    Protocol tested = protocol(loaded);
    return new EvaluationResult(
        RunResult.FORMAT,
        "evaluate",
        saved.model.toString(),
        loaded.parameters().sha256(),
        new EvaluationResult.Tested(
            dataset.name(), dataset.test().size(), loaded.classNames().names()),
        new EvaluationResult.Device(backend.name(), backend.device()),
        tested == null ? null : tested.toString(),
        confusion.accuracy(),
        seconds,
        ConfusionEntry.of(confusion, "test"));
  }
}
