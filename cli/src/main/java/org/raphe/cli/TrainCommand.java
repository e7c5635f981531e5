package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.data.Dataset;
import org.raphe.data.ValidationSplit;
import org.raphe.energy.EnergySum;
import org.raphe.model.Model;
import org.raphe.result.RunResult;
import org.raphe.training.Checkpoint;
import org.raphe.training.EpochMetrics;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe train}: trains a network, measures it after each epoch and writes a run folder. */
@Command(
    name = "train",
    description = "Trains a network, measures it after each epoch and writes a run folder.")
final class TrainCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Mixin DataOptions data;
  @Mixin LearningOptions learning;
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
          "Seconds between checkpoints within an epoch; one is also taken after each epoch. Default: ${DEFAULT-VALUE}.")
  double checkpointSeconds;

  @Spec CommandSpec spec;

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
    TrainingPlan plan = learning.plan(dataset);
    String fingerprint = plan + " on " + dataset.sha256() + byEngine();
    try (Backend backend = openBackend(log)) {
      log.flush();
      RunFolder folder = openFolder(plan);
      TrainingState start =
          resume
              ? Checkpoint.read(folder.checkpoint(), plan, dataset.train(), fingerprint)
              : TrainingState.initial(plan);
      try (RunEnergy energy = RunEnergy.start(resume, backend);
          TrainRun around = new TrainRun(this, plan, dataset, folder, fingerprint)) {
        TrainingState end =
            new Trainer(plan, dataset.train(), dataset.test(), around).run(backend, start);
        if (end.epoch() <= plan.epochs()) {
          err().println("stopped; continue with: " + continuation(folder));
          return Raphe.INTERRUPTED;
        }
        finish(plan, dataset, backend, folder, end, energy.reading(), started);
      }
    }
    return Raphe.DONE;
  }

  private Backend openBackend(PrintWriter log) {
    EngineRule rule = learning.engineRule();
    return rule == null ? backendOptions.open(log) : backendOptions.openEngine(rule, null, log);
  }

  private String byEngine() {
    return learning.engineRule() == null ? "" : " by " + learning.engineRule();
  }

  /** The launcher finds the engine by the rule that is typed. */
  private String continuation(RunFolder folder) {
    String rule = learning.engineRule() == null ? "" : "--rule " + learning.engineRule() + " ";
    return "raphe train " + rule + "--resume --out " + folder.path();
  }

  private Dataset measuredDataset() {
    Dataset dataset = data.load();
    return validation == null ? dataset : ValidationSplit.of(dataset, validation, learning.seed);
  }

  /** What accuracy is measured on: {@code test} or {@code validation}. */
  String measuredOn() {
    return validation == null ? "test" : "validation";
  }

  private RunFolder openFolder(TrainingPlan plan) {
    if (resume) {
      return RunFolder.resume(out);
    }
    Path path =
        out == null
            ? RunFolder.nameFor(
                String.join(
                    "-",
                    data.shortName(),
                    learning.ruleName(),
                    plan.network().neuron().toString(),
                    "seed" + plan.seed()))
            : out;
    RunFolder folder = RunFolder.begin(path);
    folder.writeSettings(TypedOptions.of(spec));
    return folder;
  }

  private void finish(
      TrainingPlan plan,
      Dataset dataset,
      Backend backend,
      RunFolder folder,
      TrainingState end,
      EnergySum energy,
      Instant started) {
    new Model(plan.network(), plan.steps(), plan.inputScale(), plan.seed(), end.parameters())
        .write(folder.model());
    RunEnvironment environment =
        new RunEnvironment(dataset, measuredOn(), backend, energy, started);
    RunResult result = new TrainResult(plan, learning.engineRule(), end, environment).content();
    folder.writeResult(result);
    folder.removeCheckpoint();
    EpochMetrics last = end.finished().get(end.finished().size() - 1);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s accuracy %.4f after %d epochs; weights %s; run folder %s%n",
            measuredOn(),
            last.test().accuracy(),
            last.epoch(),
            result.weightsSha256().substring(0, 16),
            folder.path());
    spec.commandLine().getOut().flush();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
