package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.continual.ContinualCheckpoint;
import org.raphe.continual.ContinualPlan;
import org.raphe.continual.ContinualState;
import org.raphe.continual.ContinualTrainer;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.ValidationSplit;
import org.raphe.model.Model;
import org.raphe.result.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe continual}: learns a stream of experiences and writes a run folder. */
@Command(
    name = "continual",
    description =
        "Class-continual learning: learns a stream of experiences with one head, no task label and no replay, tests all of them after each, and writes a run folder.")
final class ContinualCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Mixin DataOptions data;
  @Mixin ContinualOptions continual;
  @Mixin EwcOptions ewc;
  @Mixin BackendOptions backendOptions;
  @Mixin RunOptions run;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description =
          "Hold N samples out of the training samples and measure on them instead of the test samples. Tune on these, never on the test samples.")
  Integer validation;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; it must not exist or be empty. Default: a new one below runs/.")
  Path out;

  @Option(
      names = "--resume",
      description = "Continue the run of --out from its checkpoint, with its settings.")
  boolean resume;

  @Option(
      names = "--checkpoint-seconds",
      defaultValue = "30",
      paramLabel = "S",
      description =
          "Seconds between checkpoints within an experience; one is also taken after each. Default: ${DEFAULT-VALUE}.")
  double checkpointSeconds;

  @Spec CommandSpec spec;

  /** The engine that learns; null if hidden layers learn by a local rule. */
  StreamEngine engine;

  @Override
  public Integer call() {
    PrintWriter log = run.log(err());
    Instant started = Instant.now();
    if (resume && out == null) {
      throw new InputException("--resume needs --out, the folder of the run to continue");
    }
    if (!(checkpointSeconds >= 0)) {
      throw new InputException("--checkpoint-seconds must be at least 0, not " + checkpointSeconds);
    }
    Dataset dataset = measuredDataset();
    ContinualPlan plan = continual.plan(dataset);
    ExperienceStream stream = continual.stream(dataset);
    engine = StreamEngine.of(continual.engineRule(), ewc);
    try (Backend backend =
        engine == null ? backendOptions.open(log) : engine.open(backendOptions, log)) {
      log.flush();
      return learn(plan, dataset, stream, backend, started);
    }
  }

  private int learn(
      ContinualPlan plan,
      Dataset dataset,
      ExperienceStream stream,
      Backend backend,
      Instant started) {
    String fingerprint = fingerprint(plan, stream, dataset);
    RunFolder folder = openFolder(plan);
    ContinualState start =
        resume
            ? ContinualCheckpoint.read(folder.checkpoint(), plan, stream, fingerprint)
            : ContinualState.initial(plan);
    FeatureScaling features = plan.features(dataset.train());
    Dataset shown = features.apply(dataset);
    try (RunEnergy energy = RunEnergy.start(resume, backend);
        ContinualRun around = new ContinualRun(this, plan, stream, folder, fingerprint)) {
      ContinualState end = new ContinualTrainer(plan, shown, stream, around).run(backend, start);
      if (!end.isDone(stream)) {
        err().println("stopped; continue with: " + continuation(folder));
        return Raphe.INTERRUPTED;
      }
      finish(
          folder,
          features,
          new ContinualResult(
              plan,
              engine,
              stream,
              continual.baseline(),
              end,
              end.matrix(stream),
              new RunEnvironment(dataset, measuredOn(), backend, energy.reading(), started)));
    }
    return Raphe.DONE;
  }

  private void finish(RunFolder folder, FeatureScaling features, ContinualResult result) {
    ContinualPlan plan = result.plan();
    new Model(
            plan.network(),
            plan.steps(),
            plan.inputScale(),
            plan.gateMargin(),
            features,
            plan.learning().competition(),
            plan.seed(),
            result.end().parameters())
        .write(folder.model());
    RunResult content = result.content(features);
    folder.writeResult(content);
    folder.removeCheckpoint();
    new ContinualSummary(plan, result.stream(), result.matrix(), measuredOn())
        .print(spec.commandLine().getOut(), content.weightsSha256(), folder.path());
  }

  /** What a run must agree with to be continued. */
  private String fingerprint(ContinualPlan plan, ExperienceStream stream, Dataset dataset) {
    return String.join(
        " ",
        plan.toString(),
        continual.baseline().name(),
        stream.order().classes().toString(),
        Integer.toString(stream.classesPerExperience()),
        dataset.sha256() + (engine == null ? "" : engine.fingerprint()));
  }

  /** The launcher finds the engine by the rule that is typed. */
  private String continuation(RunFolder folder) {
    String rule = engine == null ? "" : "--rule " + engine.rule() + " ";
    return "raphe continual " + rule + "--resume --out " + folder.path();
  }

  /** The rule as users type it. */
  private String ruleName(ContinualPlan plan) {
    return engine == null ? plan.learning().rule().toString() : engine.rule().toString();
  }

  private Dataset measuredDataset() {
    Dataset dataset = data.load();
    return validation == null ? dataset : ValidationSplit.of(dataset, validation, continual.seed);
  }

  /** What accuracy is measured on: {@code test} or {@code validation}. */
  String measuredOn() {
    return validation == null ? "test" : "validation";
  }

  private RunFolder openFolder(ContinualPlan plan) {
    if (resume) {
      return RunFolder.resume(out);
    }
    String name =
        String.join(
            "-",
            "continual",
            data.shortName(),
            plan.protocol().toString(),
            ruleName(plan),
            plan.network().neuron().toString(),
            "seed" + plan.seed());
    RunFolder folder = RunFolder.begin(out == null ? RunFolder.nameFor(name) : out);
    folder.writeSettings(TypedOptions.of(spec));
    return folder;
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
