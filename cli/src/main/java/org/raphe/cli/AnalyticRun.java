package org.raphe.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.InputException;
import org.raphe.backend.cpu.CpuModel;
import org.raphe.backend.cpu.Workers;
import org.raphe.baseline.BaselineLearner;
import org.raphe.baseline.BaselineOutcome;
import org.raphe.baseline.BaselineRun;
import org.raphe.baseline.StreamBaseline;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.network.InputShape;
import org.raphe.result.BackendUsed;

/** {@code raphe continual} with an analytic baseline in the place of a rule. */
final class AnalyticRun {
  private final ContinualCommand command;
  private final StreamBaseline baseline;

  /**
   * @throws InputException if options are given that the baseline has no use for
   */
  AnalyticRun(ContinualCommand command, StreamBaseline named) {
    this.command = command;
    baseline = BaselineOptions.with(named, command.spec);
    String backend = command.backendOptions.name();
    if (!backend.equals("auto") && !backend.equals("cpu")) {
      throw new InputException(
          "baseline "
              + baseline.name()
              + " runs on the CPU alone, not on --backend "
              + backend
              + "; leave it out");
    }
  }

  /** Learns, tests and writes the run folder; gives the status of the process. */
  int call() {
    Instant started = Instant.now();
    command.requireFolderToResume();
    Dataset dataset = command.split(command.load());
    ExperienceStream stream = stream(dataset);
    FeatureScaling features =
        command.scaling.fit(dataset, stream, command.data.isOwn(), command.run.log(command.err()));
    Integer asked = command.backendOptions.threads;
    int threads = asked == null ? Runtime.getRuntime().availableProcessors() : asked;
    try (Workers workers = new Workers(threads)) {
      InputShape shape = dataset.train().shape();
      BaselineLearner learner =
          baseline.begin(
              shape, dataset.train().classes(), command.learning.presentation.seed, workers);
      return learn(dataset, features, stream, learner, workers, started);
    }
  }

  /** What is learned and tested, in which order, if all that is asked for can be had. */
  ExperienceStream stream(Dataset dataset) {
    command.continual.stream.protocol();
    return command.stream(dataset);
  }

  private int learn(
      Dataset dataset,
      FeatureScaling features,
      ExperienceStream stream,
      BaselineLearner learner,
      Workers workers,
      Instant started) {
    String device = CpuModel.name() + ", " + workers.count() + " thread(s)";
    try (RunFolder folder = command.openFolder(folderName(), decides(stream, features, dataset));
        StopOnInterrupt stop = new StopOnInterrupt(() -> sayStopped(folder));
        RunEnergy energy = RunEnergy.start(false, () -> null)) {
      folder.writeSettings(
          TypedOptions.of(command.spec, name -> BaselineOptions.decides(baseline, name)));
      outline(dataset, stream, device, folder);
      BaselineOutcome outcome =
          new BaselineRun(
                  learner,
                  features.apply(dataset),
                  stream,
                  workers,
                  done -> say(stream, done),
                  stop::requested)
              .run();
      if (outcome == null) {
        sayStopped(folder);
        return Raphe.INTERRUPTED;
      }
      RunEnvironment environment =
          new RunEnvironment(
              folder.runId(),
              dataset,
              command.measuredOn(),
              used(device),
              energy.reading(),
              started,
              baseline.sameBits());
      write(folder, stream, features, outcome, environment);
    }
    return Raphe.DONE;
  }

  private static BackendUsed used(String device) {
    return new BackendUsed("cpu", device, Map.of("arithmetic", "double precision"), null);
  }

  private void outline(Dataset dataset, ExperienceStream stream, String device, RunFolder folder) {
    PrintWriter log = command.run.log(command.err());
    RunOutline outline = new RunOutline(log);
    outline.data(dataset, command.measuredOn());
    outline.baseline(baseline, stream, command.learning.presentation.seed);
    log.println("backend: cpu (baseline " + baseline.name() + "), " + device);
    outline.folder(folder, false);
  }

  /** A baseline leaves no checkpoint. */
  private void sayStopped(RunFolder folder) {
    command.err().println("stopped; start it again with: " + command.continuation(folder));
    command.err().flush();
  }

  /** All that decides what comes of it. */
  private String decides(ExperienceStream stream, FeatureScaling features, Dataset dataset) {
    return String.join(
        " ",
        baseline.name(),
        new TreeMap<>(baseline.settings()).toString(),
        command.continual.stream.protocol().toString(),
        Long.toString(command.learning.presentation.seed),
        LearningCommand.text(stream),
        features.toString(),
        dataset.sha256());
  }

  private String folderName() {
    return String.join(
        "-",
        "continual",
        command.data.shortName(),
        command.continual.stream.protocol().toString(),
        baseline.name(),
        "seed" + command.learning.presentation.seed);
  }

  private void write(
      RunFolder folder,
      ExperienceStream stream,
      FeatureScaling features,
      BaselineOutcome outcome,
      RunEnvironment environment) {
    AnalyticResult result =
        new AnalyticResult(
            baseline,
            stream,
            features,
            command.continual.stream.protocol(),
            command.learning.presentation.seed,
            outcome,
            environment);
    folder.writeMetrics(MetricsRows.ofExperiences(outcome.finished(), command.measuredOn()));
    folder.writeResult(result.content());
    PrintWriter out = command.spec.commandLine().getOut();
    new ContinualSummary(
            command.continual.stream.protocol(),
            AnalyticResult.NOTE,
            stream,
            AccuracyMatrix.of(stream, outcome.finished()),
            command.measuredOn())
        .print(out, outcome.sha256(), folder.path());
    out.println(
        "baseline "
            + baseline.name()
            + " keeps "
            + outcome.keptBytes()
            + " bytes and no sample; it leaves no model to evaluate");
    if (outcome.uncounted() != null) {
      out.println("operations of learning are not told: " + outcome.uncounted());
    }
    out.flush();
  }

  private void say(ExperienceStream stream, ExperienceMetrics metrics) {
    if (command.run.quiet) {
      return;
    }
    int number = metrics.experience();
    String what =
        number == 0
            ? "before any sample"
            : String.format(
                Locale.ROOT,
                "experience %d of %d, classes %s, %.2f s",
                number,
                stream.learned().size(),
                stream.learned().get(number - 1).classes(),
                metrics.passes().get(0).seconds());
    command
        .err()
        .printf(
            Locale.ROOT,
            "%s: %s accuracy of all classes %.4f%n",
            what,
            command.measuredOn(),
            metrics.test().accuracy());
    command.err().flush();
  }
}
