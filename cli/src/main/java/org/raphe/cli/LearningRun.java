package org.raphe.cli;

import java.util.List;
import java.util.Locale;
import org.raphe.backend.Counters;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measuring;
import org.raphe.network.NeuronModel;
import org.raphe.training.Checkpoint;
import org.raphe.training.TrainingListener;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** What happens around learning: progress, metrics, checkpoints, and stopping on Ctrl-C. */
final class LearningRun implements TrainingListener, AutoCloseable {
  /** Batches between two looks at the counters; experiences are short. */
  private static final int BATCHES = 32;

  private static final int BATCHES_OF_STREAM = 8;

  /** Tasks between two lines of a stream that is only answered online. */
  private static final int ONLINE_TASKS = 10;

  private final LearningCommand command;
  private final TrainingPlan plan;
  private final ExperienceStream stream;
  private final RunFolder folder;
  private final String fingerprint;
  private final boolean eachPass;
  private final TrainProgress progress;
  private final StopOnInterrupt stop;
  private long checkpointDue;

  LearningRun(
      LearningCommand command,
      TrainingPlan plan,
      ExperienceStream stream,
      RunFolder folder,
      String fingerprint) {
    this.command = command;
    this.plan = plan;
    this.stream = stream;
    this.folder = folder;
    this.fingerprint = fingerprint;
    eachPass = stream.measuring() == Measuring.EACH_PASS;
    progress =
        new TrainProgress(
            command.err(),
            command.run.quiet,
            plan.network().neuron() == NeuronModel.LIF && !plan.learning().rule().needsEngine());
    scheduleCheckpoint();
    stop = new StopOnInterrupt(this::sayStopped);
  }

  RunFolder folder() {
    return folder;
  }

  private void scheduleCheckpoint() {
    checkpointDue = System.nanoTime() + (long) (command.checkpointSeconds * 1e9);
  }

  @Override
  public int progressBatches() {
    return eachPass ? BATCHES : BATCHES_OF_STREAM;
  }

  @Override
  public void progress(Experience experience, int epoch, int samplesDone, Counters running) {
    progress.show(experience.train().length, epoch, samplesDone, running);
  }

  @Override
  public void passDone(Experience experience, ExperienceMetrics.Pass pass) {
    progress.endEpoch();
    if (eachPass) {
      say(
          "epoch %d: train accuracy %.4f, %s accuracy %.4f, %.2f s%n",
          pass.epoch(),
          pass.train().accuracy(),
          command.measuredOn(),
          pass.test().accuracy(),
          pass.seconds());
    }
  }

  @Override
  public void experienceDone(ExperienceMetrics metrics) {
    progress.endExperience();
    if (eachPass) {
      return;
    }
    if (stream.measuring() == Measuring.ONLINE) {
      if (metrics.experience() % ONLINE_TASKS == 0) {
        say(
            "task %d of %d: online accuracy %.4f%n",
            metrics.experience(),
            stream.learned().size(),
            metrics.passes().get(0).train().accuracy());
      }
      return;
    }
    String text =
        metrics.experience() == 0
            ? "initial network: "
            : String.format(
                Locale.ROOT,
                "experience %d of %d, classes %s, passes %d, train accuracy %.4f: ",
                metrics.experience(),
                stream.learned().size(),
                stream.learned().get(metrics.experience() - 1).classes(),
                metrics.passes().size(),
                metrics.passes().get(metrics.passes().size() - 1).train().accuracy());
    say(
        "%s%s accuracy of all classes %.4f%n",
        text, command.measuredOn(), metrics.test().accuracy());
  }

  private void say(String format, Object... arguments) {
    if (!command.run.quiet) {
      command.err().printf(Locale.ROOT, format, arguments);
      command.err().flush();
    }
  }

  @Override
  public boolean checkpointDue() {
    return System.nanoTime() - checkpointDue > 0;
  }

  @Override
  public void checkpoint(TrainingState state) {
    Checkpoint.write(folder.checkpoint(), plan.network(), fingerprint, state);
    folder.writeMetrics(rows(state));
    if (!plan.modulation().isNone()) {
      folder.writeLevels(LevelEntry.rows(plan, stream, state));
    }
    scheduleCheckpoint();
  }

  /**
   * The first checkpoint, before anything is learned, and once more in its place: a disk that has
   * no room for one beside the other, as each later one needs, is met now.
   */
  void firstCheckpoint(TrainingState start) {
    checkpoint(start);
    checkpoint(start);
  }

  /** How to go on, on a line of its own, below what was shown of progress. */
  void sayStopped() {
    progress.close();
    command.err().println("stopped; continue with: " + command.continuation(folder));
    command.err().flush();
  }

  /** Rows of metrics.csv. */
  private List<String> rows(TrainingState state) {
    return eachPass
        ? MetricsRows.ofEpochs(state.allPasses(), command.measuredOn())
        : MetricsRows.ofExperiences(state.finished(), command.measuredOn());
  }

  @Override
  public boolean stopRequested() {
    return stop.requested();
  }

  @Override
  public void close() {
    progress.close();
    command.err().flush();
    stop.close();
  }
}
