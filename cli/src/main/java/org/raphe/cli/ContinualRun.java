package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.raphe.backend.Counters;
import org.raphe.continual.ContinualCheckpoint;
import org.raphe.continual.ContinualListener;
import org.raphe.continual.ContinualPlan;
import org.raphe.continual.ContinualState;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.network.NeuronModel;

/** What happens around a stream: progress, metrics, checkpoints, and stopping on Ctrl-C. */
final class ContinualRun implements ContinualListener, AutoCloseable {
  private final ContinualCommand command;
  private final ContinualPlan plan;
  private final ExperienceStream stream;
  private final RunFolder folder;
  private final String fingerprint;
  private final StopOnInterrupt stop;
  private TrainProgress progress;
  private int shownEpoch;
  private long checkpointDue;

  ContinualRun(
      ContinualCommand command,
      ContinualPlan plan,
      ExperienceStream stream,
      RunFolder folder,
      String fingerprint) {
    this.command = command;
    this.plan = plan;
    this.stream = stream;
    this.folder = folder;
    this.fingerprint = fingerprint;
    scheduleCheckpoint();
    stop = new StopOnInterrupt(command.err());
  }

  private void scheduleCheckpoint() {
    checkpointDue = System.nanoTime() + (long) (command.checkpointSeconds * 1e9);
  }

  @Override
  public void progress(Experience experience, int epoch, int samplesDone, Counters running) {
    if (progress == null) {
      progress =
          new TrainProgress(
              command.err(),
              command.run.quiet,
              experience.train().length,
              plan.network().neuron() == NeuronModel.LIF && !plan.learning().rule().needsEngine());
    }
    if (epoch != shownEpoch) {
      progress.endEpoch();
      shownEpoch = epoch;
    }
    progress.show(epoch, samplesDone, running);
  }

  @Override
  public void experienceDone(ExperienceMetrics metrics) {
    endProgress();
    if (command.run.quiet) {
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
                last(metrics).train().accuracy());
    command
        .err()
        .printf(
            Locale.ROOT,
            "%s%s accuracy of all classes %.4f%n",
            text,
            command.measuredOn(),
            metrics.test().accuracy());
    command.err().flush();
  }

  private void endProgress() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
    shownEpoch = 0;
  }

  @Override
  public boolean checkpointDue() {
    return System.nanoTime() - checkpointDue > 0;
  }

  @Override
  public void checkpoint(ContinualState state) {
    ContinualCheckpoint.write(folder.checkpoint(), plan.network(), fingerprint, state);
    folder.writeMetrics(rows(state));
    scheduleCheckpoint();
  }

  private List<String> rows(ContinualState state) {
    List<String> rows = new ArrayList<>();
    rows.add("experience,epoch,train_accuracy," + command.measuredOn() + "_accuracy,seconds");
    for (ExperienceMetrics metrics : state.finished()) {
      for (ExperienceMetrics.Pass pass : metrics.passes()) {
        rows.add(
            String.format(
                Locale.ROOT,
                "%d,%d,%s,%s,%.3f",
                metrics.experience(),
                pass.epoch(),
                pass.train().accuracy(),
                pass.equals(last(metrics)) ? metrics.test().accuracy() : "",
                pass.seconds()));
      }
    }
    return rows;
  }

  private static ExperienceMetrics.Pass last(ExperienceMetrics metrics) {
    return metrics.passes().get(metrics.passes().size() - 1);
  }

  @Override
  public boolean stopRequested() {
    return stop.requested();
  }

  @Override
  public void close() {
    endProgress();
    command.err().flush();
    stop.close();
  }
}
