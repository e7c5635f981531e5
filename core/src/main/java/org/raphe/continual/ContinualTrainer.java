package org.raphe.continual;

import java.util.ArrayList;
import java.util.List;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Consolidation;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Dataset;
import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * Learns a stream, experience by experience, with one head, no task label and no replay, and tests
 * all experiences before the first and after each. A run that is stopped and continued from its
 * checkpoint ends with the same bits as one that was not.
 *
 * <p>Passes are numbered from 1 over the whole stream; pass n shows an experience's samples in the
 * order of the random stream (ORDER | n) and draws spikes from (TRAINING_SPIKES | n).
 */
public final class ContinualTrainer {
  /** Batches between two looks at the device's counters. */
  private static final int PROGRESS_BATCHES = 8;

  private final ContinualPlan plan;
  private final Dataset dataset;
  private final ExperienceStream stream;
  private final ContinualListener listener;

  private PlacedNetwork placed;
  private PlacedSamples trainSamples;
  private PlacedSamples testSamples;
  private List<ExperienceMetrics> finished;
  private List<ExperienceMetrics.Pass> passes;
  private int passNumber;
  private int samplesDone;
  private long stepsDone;
  private Counters running;
  private double secondsBefore;
  private long startedNanos;
  private Parameters atStart;

  /**
   * @param dataset the samples of {@code stream}, standardised where the network has a gate
   */
  public ContinualTrainer(
      ContinualPlan plan, Dataset dataset, ExperienceStream stream, ContinualListener listener) {
    this.plan = plan;
    this.dataset = dataset;
    this.stream = stream;
    this.listener = listener;
  }

  /**
   * Learns from {@code start} to the end of the stream, or until the listener asks to stop.
   *
   * @throws RunException if weights stop being finite numbers
   */
  public ContinualState run(Backend backend, ContinualState start) {
    resumeFrom(start);
    try (PlacedNetwork network = backend.place(plan.placement());
        PlacedSamples train = network.placeSamples(dataset.train());
        PlacedSamples test = network.placeSamples(dataset.test())) {
      placed = network;
      trainSamples = train;
      testSamples = test;
      placed.writeParameters(start.parameters());
      placed.writeMoments(start.firstMoments(), start.secondMoments());
      if (start.inverseCorrelation() != null) {
        placed.writeInverseCorrelation(start.inverseCorrelation());
      }
      if (start.consolidation() != null) {
        placed.writeConsolidation(start.consolidation());
      }
      startedNanos = System.nanoTime();
      if (finished.isEmpty()) {
        endExperience(0, List.of());
      }
      while (finished.size() <= stream.learned().size()) {
        if (!learn(stream.learned().get(finished.size() - 1))) {
          break;
        }
      }
      return state();
    }
  }

  private void resumeFrom(ContinualState start) {
    finished = new ArrayList<>(start.finished());
    passes = new ArrayList<>(start.passes());
    passNumber = start.passNumber();
    samplesDone = start.samplesDone();
    stepsDone = start.stepsDone();
    running = start.running();
    secondsBefore = start.seconds();
    atStart = start.atStart();
  }

  /** Learns the rest of an experience and tests; false if asked to stop within it. */
  private boolean learn(Experience experience) {
    while (!isLearned()) {
      if (!pass(experience)) {
        return false;
      }
      endPass(experience);
    }
    if (experience.number() < stream.learned().size()) {
      placed.consolidate(
          trainSamples, experience.train(), RandomStream.FISHER_SPIKES.number(experience.number()));
    }
    Parameters now = placed.readParameters();
    endExperience(experience.number(), WeightChange.between(atStart, now));
    atStart = now;
    passes.clear();
    listener.checkpoint(state());
    return true;
  }

  /** The stop rule. */
  private boolean isLearned() {
    if (passes.isEmpty()) {
      return false;
    }
    double accuracy = passes.get(passes.size() - 1).train().accuracy();
    return passes.size() >= plan.epochs()
        || (plan.stopAccuracy() != null && accuracy >= plan.stopAccuracy());
  }

  /** Shows the rest of a pass; false if asked to stop within it. */
  private boolean pass(Experience experience) {
    int[] order = order(experience);
    startedNanos = System.nanoTime();
    int batches = 0;
    while (samplesDone < order.length) {
      trainBatch(order);
      boolean stop = listener.stopRequested();
      if (++batches % PROGRESS_BATCHES == 0 || stop || samplesDone == order.length) {
        running = running.plus(placed.takeCounters());
        listener.progress(experience, passes.size() + 1, samplesDone, running);
      }
      boolean within = samplesDone < order.length;
      if (within && (stop || listener.checkpointDue())) {
        listener.checkpoint(state());
      }
      if (within && stop) {
        return false;
      }
    }
    return true;
  }

  /** The experience's training samples in the order of this pass. */
  private int[] order(Experience experience) {
    int[] own = experience.train();
    int[] order =
        new UniformSequence(plan.seed(), RandomStream.ORDER.number(passNumber), 0)
            .nextPermutation(own.length);
    for (int k = 0; k < order.length; k++) {
      order[k] = own[order[k]];
    }
    return order;
  }

  private void trainBatch(int[] order) {
    int count = Math.min(plan.batch(), order.length - samplesDone);
    BatchSchedule.train(
        placed,
        trainSamples,
        order,
        samplesDone,
        count,
        RandomStream.TRAINING_SPIKES.number(passNumber),
        stepsDone + 1,
        1);
    samplesDone += count;
    stepsDone++;
  }

  private void endPass(Experience experience) {
    double seconds = secondsSoFar();
    checkFinite(placed.readParameters(), experience);
    passes.add(new ExperienceMetrics.Pass(passes.size() + 1, running, seconds));
    passNumber++;
    samplesDone = 0;
    secondsBefore = 0;
    running = Counters.zero(plan.network().layers().size());
    startedNanos = System.nanoTime();
  }

  private void endExperience(int number, List<WeightChange> changes) {
    ContinualEvaluation evaluation = new ContinualEvaluation(placed, testSamples, plan.testBatch());
    long[] hits = stream.tested().stream().mapToLong(evaluation::hits).toArray();
    ExperienceMetrics metrics =
        new ExperienceMetrics(
            number, passes, hits, evaluation.counted(), evaluation.batches(), changes);
    finished.add(metrics);
    listener.experienceDone(metrics);
  }

  private double secondsSoFar() {
    return secondsBefore + (System.nanoTime() - startedNanos) / 1e9;
  }

  private ContinualState state() {
    running = running.plus(placed.takeCounters());
    return new ContinualState(
        finished,
        passes,
        passNumber,
        samplesDone,
        stepsDone,
        running,
        samplesDone == 0 ? 0 : secondsSoFar(),
        placed.readParameters(),
        placed.readFirstMoments(),
        placed.readSecondMoments(),
        placed.readInverseCorrelation(),
        atStart,
        placed.readConsolidation());
  }

  private void checkFinite(Parameters parameters, Experience experience) {
    for (LayerParameters layer : parameters.layers()) {
      checkFinite(layer.weights(), experience);
      if (layer.biases() != null) {
        checkFinite(layer.biases(), experience);
      }
    }
  }

  private void checkFinite(float[] values, Experience experience) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new RunException(
            "learning diverged: in experience "
                + experience.number()
                + ", pass "
                + (passes.size() + 1)
                + ", a weight or bias became "
                + value
                + (plan.learning().rule().descends()
                    ? "; choose a smaller learning rate" + penaltyHint()
                    : "; choose a smaller amnesia"));
      }
    }
  }

  /** Descent on a penalty lambda/2 F (w - a)^2 grows without bound where rate lambda F > 2. */
  private String penaltyHint() {
    Consolidation kept = placed.readConsolidation();
    return kept == null
        ? ""
        : " or --ewc-lambda: their product times the largest Fisher information, "
            + kept.largestFisher()
            + ", must stay below 2 under sgd";
  }
}
