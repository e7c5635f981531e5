package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.agent.StudyPlan;
import org.raphe.agent.Task;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.Workers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe gonogo}: a study of many spiking actor-critics whose task changes its rule. */
@Command(
    name = "gonogo",
    description =
        "Many spiking actor-critics learn Go/No-Go whose rule shifts, with and without"
            + " noradrenaline, controls and single levers beside them; writes a run folder.",
    footer = {
      "  raphe gonogo --shift reversal --learners 1000 --compare all",
      "  raphe gonogo --shift extra-dimensional --learners 100 --modulators da"
    })
final class GoNoGoCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Mixin StudyOptions study;
  @Mixin LearnerOptions learner;
  @Mixin BackendOptions backendOptions;
  @Mixin RunOptions run;

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
      description = "Seconds between checkpoints. Default: ${DEFAULT-VALUE}.")
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
    Task task = study.task();
    StudyPlan plan = new StudyPlan(task, study.learners, study.seed, learner.variants());
    try (Backend backend = backendOptions.open(log);
        Workers workers = new Workers(threads())) {
      log.flush();
      return new GoNoGoSession(this, plan, backend, workers, started).call();
    }
  }

  private int threads() {
    return backendOptions.threads == null
        ? Runtime.getRuntime().availableProcessors()
        : backendOptions.threads;
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
