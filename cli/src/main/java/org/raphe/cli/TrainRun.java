package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.raphe.backend.Counters;
import org.raphe.data.Dataset;
import org.raphe.network.NeuronModel;
import org.raphe.training.Checkpoint;
import org.raphe.training.EpochMetrics;
import org.raphe.training.TrainingListener;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** What happens around a training run: progress, metrics, checkpoints, and stopping on Ctrl-C. */
final class TrainRun implements TrainingListener, AutoCloseable {
  private final TrainCommand command;
  private final TrainingPlan plan;
  private final RunFolder folder;
  private final String fingerprint;
  private final TrainProgress progress;
  private final List<String> rows = new ArrayList<>();
  private final StopOnInterrupt stop;
  private long checkpointDue;

  TrainRun(
      TrainCommand command,
      TrainingPlan plan,
      Dataset dataset,
      RunFolder folder,
      String fingerprint) {
    this.command = command;
    this.plan = plan;
    this.folder = folder;
    this.fingerprint = fingerprint;
    progress =
        new TrainProgress(
            command.err(),
            command.run.quiet,
            dataset.train().size(),
            plan.network().neuron() == NeuronModel.LIF && !plan.learning().rule().needsEngine());
    rows.add(
        "epoch,train_accuracy," + command.measuredOn() + "_accuracy,train_squared_error,seconds");
    scheduleCheckpoint();
    stop = new StopOnInterrupt(command.err());
  }

  private void scheduleCheckpoint() {
    checkpointDue = System.nanoTime() + (long) (command.checkpointSeconds * 1e9);
  }

  @Override
  public void progress(int epoch, int samplesDone, Counters running) {
    progress.show(epoch, samplesDone, running);
  }

  @Override
  public void epochDone(EpochMetrics metrics) {
    progress.endEpoch();
    if (!command.run.quiet) {
      command
          .err()
          .printf(
              Locale.ROOT,
              "epoch %d: train accuracy %.4f, %s accuracy %.4f, %.2f s%n",
              metrics.epoch(),
              metrics.train().accuracy(),
              command.measuredOn(),
              metrics.test().accuracy(),
              metrics.seconds());
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
    List<String> all = new ArrayList<>(rows);
    state.finished().forEach(metrics -> all.add(row(metrics)));
    folder.writeMetrics(all);
    scheduleCheckpoint();
  }

  private static String row(EpochMetrics metrics) {
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%s,%.3f",
        metrics.epoch(),
        metrics.train().accuracy(),
        metrics.test().accuracy(),
        metrics.train().squaredError() / metrics.train().samples(),
        metrics.seconds());
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
