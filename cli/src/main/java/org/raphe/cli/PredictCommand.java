package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.continual.Confusion;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetOptions;
import org.raphe.datasets.SamplesToPredict;
import org.raphe.model.Model;
import org.raphe.model.PlacedModel;
import org.raphe.model.Prediction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe predict}: shows samples to a saved model, whether they have labels or not. */
@Command(
    name = "predict",
    description =
        "Shows samples to a saved model and tells the class and the scores of each; where they have labels, also which class is taken for which.",
    footer = {
      "  raphe predict --model runs/first --dataset mnist",
      "  raphe predict --model runs/first --data photos/ --out predictions.csv"
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Mixin ModelOptions saved;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Data set whose test samples are shown; 'raphe datasets' lists them.")
  String dataset;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "Samples of your own, with labels or without: a folder of images or of such folders by class, one image, a .csv or an .npz; test samples alone where it has some of its own, else all. Beside --dataset NAME, the folder of its files.")
  Path path;

  @Option(
      names = "--download",
      description = "Allow the data set to be downloaded; otherwise nothing is.")
  boolean download;

  @Mixin SpeechOptions speech;
  @Mixin FormatOptions formats;
  @Mixin BackendOptions backendOptions;
  @Mixin RunOptions run;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write all predictions to this new file, comma-separated with a heading.")
  Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Model model = saved.load();
    ModelOptions.requireNew(out);
    SamplesToPredict given = samples(model);
    ModelOptions.requireFeatures(model, given.name(), given.samples());
    PrintWriter log = run.log(spec.commandLine().getErr());
    Samples shown = matched(model, given, log);
    backendOptions.work = model.work(shown.size());
    try (Backend backend = backendOptions.open(log);
        PlacedModel placed = model.place(backend)) {
      long from = System.nanoTime();
      List<Prediction> predictions = placed.predict(shown);
      double seconds = (System.nanoTime() - from) / 1e9;
      tell(new PredictionTable(model.classNames(), given, shown, predictions), seconds);
    }
    return Raphe.DONE;
  }

  private SamplesToPredict samples(Model model) {
    if (dataset == null && path == null) {
      throw new InputException("nothing to predict: give --data PATH, or --dataset NAME");
    }
    if (dataset == null || DatasetCatalog.isPath(dataset)) {
      if (dataset != null && path != null) {
        throw new InputException(
            "--dataset " + dataset + " is a path of its own; leave --data out");
      }
      Path own = dataset == null ? path : Path.of(dataset);
      formats.requireFor(own.toString());
      return DatasetCatalog.toPredict(
          own, model.network().input(), formats.addTo(DatasetOptions.defaults()));
    }
    DataOptions named = new DataOptions();
    named.dataset = dataset;
    named.folder = path;
    named.download = download;
    speech.ofModel(model.preparation());
    named.speech = speech;
    named.formats = formats;
    Dataset loaded = named.load(spec.commandLine().getErr(), run.quiet);
    return new SamplesToPredict(loaded.name(), loaded.test(), loaded.classNames(), List.of());
  }

  /** The samples under the model's numbers of classes. */
  private static Samples matched(Model model, SamplesToPredict given, PrintWriter log) {
    if (!given.isLabelled()) {
      log.println(given.name() + " has no labels");
      int[] none = new int[given.samples().classes()];
      return given.samples().relabelled(none, model.network().classes());
    }
    return ModelOptions.matched(model, given.name(), given.classNames(), given.samples(), log);
  }

  private void tell(PredictionTable table, double seconds) {
    PrintWriter told = spec.commandLine().getOut();
    if (out == null) {
      table.printFirst(told);
    } else {
      table.write(out);
    }
    told.printf(
        Locale.ROOT,
        "predicted %d samples of %s in %.2f s%s%n",
        table.size(),
        table.given().name(),
        seconds,
        out == null ? "" : "; written to " + out);
    Confusion confusion = table.confusion();
    if (confusion == null) {
      table.printTotals(told);
    } else {
      told.printf(
          Locale.ROOT,
          "accuracy %.4f (%d of %d)%n",
          confusion.accuracy(),
          confusion.hits(),
          confusion.samples());
      new ConfusionSummary(confusion, table.classNames()).print(told);
    }
    told.flush();
  }
}
