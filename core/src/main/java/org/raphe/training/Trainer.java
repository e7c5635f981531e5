package org.raphe.training;

import java.util.ArrayList;
import java.util.List;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * The loop over epochs and batches. A run that is stopped and continued from its checkpoint ends
 * with the same bits as one that was not: order and spikes depend on seed, epoch and sample alone.
 */
public final class Trainer {
  /** Batches between two looks at the device's counters. */
  private static final int PROGRESS_BATCHES = 32;

  private final TrainingPlan plan;
  private final Samples train;
  private final Samples measured;
  private final TrainingListener listener;

  private int epoch;
  private int samplesDone;
  private long stepsDone;
  private Counters running;
  private double secondsBefore;
  private long startedNanos;
  private List<EpochMetrics> finished;

  /**
   * @param train what is learned from
   * @param measured what accuracy is measured on after each epoch
   */
  public Trainer(TrainingPlan plan, Samples train, Samples measured, TrainingListener listener) {
    this.plan = plan;
    this.train = train;
    this.measured = measured;
    this.listener = listener;
  }

  /**
   * Trains from {@code start} to the end of the plan, or until the listener asks to stop.
   *
   * @return where it stopped; {@code epoch} is epochs + 1 if the plan is done
   * @throws RunException if weights stop being finite numbers
   */
  public TrainingState run(Backend backend, TrainingState start) {
    epoch = start.epoch();
    samplesDone = start.samplesDone();
    stepsDone = start.stepsDone();
    running = start.running();
    secondsBefore = start.seconds();
    finished = new ArrayList<>(start.finished());
    try (PlacedNetwork placed = backend.place(plan.placement());
        PlacedSamples trainSamples = placed.placeSamples(train);
        PlacedSamples measuredSamples = placed.placeSamples(measured)) {
      placed.writeParameters(start.parameters());
      placed.writeMoments(start.firstMoments(), start.secondMoments());
      while (epoch <= plan.epochs()) {
        if (!trainEpoch(placed, trainSamples)) {
          break;
        }
        endEpoch(placed, measuredSamples);
      }
      return state(placed);
    }
  }

  /** Trains the rest of the epoch at hand; false if asked to stop within it. */
  private boolean trainEpoch(PlacedNetwork placed, PlacedSamples samples) {
    int[] order =
        new UniformSequence(plan.seed(), RandomStream.ORDER.number(epoch), 0)
            .nextPermutation(train.size());
    startedNanos = System.nanoTime();
    int batches = 0;
    while (samplesDone < order.length) {
      int count = Math.min(plan.batch(), order.length - samplesDone);
      trainBatch(placed, samples, order, count);
      boolean stop = listener.stopRequested();
      if (++batches % PROGRESS_BATCHES == 0 || stop || samplesDone == order.length) {
        running = running.plus(placed.takeCounters());
        listener.progress(epoch, samplesDone, running);
      }
      if (stop && samplesDone < order.length) {
        listener.checkpoint(state(placed));
        return false;
      }
      if (listener.checkpointDue() && samplesDone < order.length) {
        listener.checkpoint(state(placed));
      }
    }
    return true;
  }

  private void trainBatch(PlacedNetwork placed, PlacedSamples samples, int[] order, int count) {
    long steps = plan.batchesPerEpoch(order.length) * plan.epochs();
    double factor = plan.schedule().factor(stepsDone, steps);
    BatchSchedule.train(
        placed,
        samples,
        order,
        samplesDone,
        count,
        RandomStream.TRAINING_SPIKES.number(epoch),
        stepsDone + 1,
        factor);
    samplesDone += count;
    stepsDone++;
  }

  private void endEpoch(PlacedNetwork placed, PlacedSamples samples) {
    double seconds = secondsSoFar();
    checkFinite(placed.readParameters());
    EpochMetrics metrics =
        new EpochMetrics(epoch, running, Evaluation.run(placed, samples), seconds);
    finished.add(metrics);
    listener.epochDone(metrics);
    epoch++;
    samplesDone = 0;
    secondsBefore = 0;
    startedNanos = System.nanoTime();
    running = Counters.zero(plan.network().layers().size());
    listener.checkpoint(state(placed));
  }

  private double secondsSoFar() {
    return secondsBefore + (System.nanoTime() - startedNanos) / 1e9;
  }

  private TrainingState state(PlacedNetwork placed) {
    running = running.plus(placed.takeCounters());
    return new TrainingState(
        epoch,
        samplesDone,
        stepsDone,
        running,
        samplesDone == 0 ? 0 : secondsSoFar(),
        finished,
        placed.readParameters(),
        placed.readFirstMoments(),
        placed.readSecondMoments());
  }

  private void checkFinite(Parameters parameters) {
    for (LayerParameters layer : parameters.layers()) {
      checkFinite("weight", layer.weights());
      if (layer.biases() != null) {
        checkFinite("bias", layer.biases());
      }
    }
  }

  private void checkFinite(String what, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new RunException(
            "training diverged: after epoch "
                + epoch
                + " a "
                + what
                + " is "
                + value
                + "; choose a smaller learning rate");
      }
    }
  }
}
