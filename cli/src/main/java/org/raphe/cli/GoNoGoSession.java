package org.raphe.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import org.raphe.agent.LearnerConstants;
import org.raphe.agent.LearnerDevice;
import org.raphe.agent.StudyCheckpoint;
import org.raphe.agent.StudyListener;
import org.raphe.agent.StudyPlan;
import org.raphe.agent.StudyRun;
import org.raphe.agent.StudyState;
import org.raphe.agent.StudyVariant;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.Workers;
import org.raphe.result.RunId;

/** One run of {@code raphe gonogo}, from its plan to its run folder. */
final class GoNoGoSession {
  private static final long LINE_NANOS = 10_000_000_000L;

  private final GoNoGoCommand command;
  private final StudyPlan plan;
  private final Backend backend;
  private final Workers workers;
  private final Instant started;

  GoNoGoSession(
      GoNoGoCommand command, StudyPlan plan, Backend backend, Workers workers, Instant started) {
    this.command = command;
    this.plan = plan;
    this.backend = backend;
    this.workers = workers;
    this.started = started;
  }

  /** Runs and writes the run folder; gives the status of the process. */
  int call() {
    LearnerDevice device = command.backendOptions.learners(backend, workers);
    device.check(
        new LearnerConstants(plan.variants().get(0).settings(), plan.task().stimuli()),
        plan.learners());
    PrintWriter log = command.run.log(command.err());
    log.printf(
        Locale.ROOT,
        "study: %d learners of %d kinds, %d trials of %d steps, %d shifts; %s%n",
        plan.learners(),
        plan.variants().size(),
        plan.task().trials(),
        plan.variants().get(0).settings().agent().steps(),
        plan.task().shifts().length,
        device.loops());
    log.flush();
    String fingerprint = plan.toString();
    String runId = RunId.of("gonogo " + fingerprint);
    String name = String.join("-", "gonogo", plan.task().name(), "seed" + plan.seed());
    try (RunFolder folder = RunFolder.open(command.resume, command.out, name, runId);
        Progress around = new Progress(folder, fingerprint)) {
      StudyState start =
          folder.hadCheckpoint()
              ? StudyCheckpoint.read(folder.checkpoint(), plan, fingerprint)
              : StudyRun.initial();
      folder.writeSettings(TypedOptions.of(command.spec));
      StudyRun run = new StudyRun(plan, device, workers, around);
      StudyState end = run.run(start);
      if (end.variant() < plan.variants().size()) {
        around.sayStopped();
        return Raphe.INTERRUPTED;
      }
      finish(new GoNoGoEntry(command, plan, run, end, backend, started), folder);
    }
    return Raphe.DONE;
  }

  private void finish(GoNoGoEntry entry, RunFolder folder) {
    folder.writeMetrics(entry.metricRows());
    folder.writeResult(entry.content(folder.runId()));
    folder.removeCheckpoint();
    PrintWriter target = command.spec.commandLine().getOut();
    entry.print(target, folder.path());
    target.flush();
  }

  /** Lines of progress, checkpoints, stopping on Ctrl-C. */
  private final class Progress implements StudyListener, AutoCloseable {
    private final RunFolder folder;
    private final String fingerprint;
    private final StopOnInterrupt stop;
    private long checkpointDue;
    private long lineDue = System.nanoTime() + LINE_NANOS;

    Progress(RunFolder folder, String fingerprint) {
      this.folder = folder;
      this.fingerprint = fingerprint;
      scheduleCheckpoint();
      stop = new StopOnInterrupt(this::sayStopped);
    }

    void sayStopped() {
      command.err().println("stopped; continue with: raphe gonogo --resume --out " + folder.path());
      command.err().flush();
    }

    private void scheduleCheckpoint() {
      checkpointDue = System.nanoTime() + (long) (command.checkpointSeconds * 1e9);
    }

    @Override
    public void progress(StudyVariant variant, int trials, double correct) {
      boolean over = trials == plan.task().trials();
      if (!command.run.quiet && (System.nanoTime() > lineDue || over)) {
        lineDue = System.nanoTime() + LINE_NANOS;
        command
            .err()
            .printf(
                Locale.ROOT,
                "%s %s: %d of %d trials, correct of late %.4f%n",
                variant.group(),
                variant.name(),
                trials,
                plan.task().trials(),
                correct);
        command.err().flush();
      }
    }

    @Override
    public boolean checkpointDue() {
      return System.nanoTime() >= checkpointDue;
    }

    @Override
    public void checkpoint(StudyState state) {
      StudyCheckpoint.write(folder.checkpoint(), fingerprint, state);
      scheduleCheckpoint();
    }

    @Override
    public boolean stopRequested() {
      return stop.requested();
    }

    @Override
    public void close() {
      stop.close();
    }
  }
}
