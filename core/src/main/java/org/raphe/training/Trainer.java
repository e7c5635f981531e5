package org.raphe.training;

import java.util.ArrayList;
import java.util.List;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.continual.Confusion;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measurement;
import org.raphe.continual.Measuring;
import org.raphe.continual.WeightChange;
import org.raphe.data.Dataset;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * Learns a stream, experience by experience, with one head, no task label and no replay; plain
 * training is a stream of one experience. A run that is stopped and continued from its checkpoint
 * ends with the same bits as one that was not: order and spikes depend on seed, pass and sample
 * alone.
 *
 * <p>Passes are numbered from 1 over the whole stream; pass n shows an experience's samples in the
 * order of the random stream (ORDER | n) and draws spikes from (TRAINING_SPIKES | n).
 */
public final class Trainer {
  private final TrainingPlan plan;
  private final Dataset dataset;
  private final ExperienceStream stream;
  private final TrainingListener listener;

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
   * @param dataset the samples of {@code stream}, scaled as {@link TrainingPlan#features} says
   */
  public Trainer(
      TrainingPlan plan, Dataset dataset, ExperienceStream stream, TrainingListener listener) {
    this.plan = plan;
    this.dataset = dataset;
    this.stream = stream;
    this.listener = listener;
  }

  /** Plain training, which nobody listens to: all classes at once, tested after each epoch. */
  public Trainer(TrainingPlan plan, Dataset dataset) {
    this(plan, dataset, ExperienceStream.whole(dataset), new TrainingListener() {});
  }

  /**
   * Learns from the beginning to the end of the stream, or until the listener asks to stop.
   *
   * @throws RunException if weights stop being finite numbers
   */
  public TrainingState run(Backend backend) {
    return run(backend, TrainingState.initial(plan, backend.initialState(plan.placement())));
  }

  /**
   * Learns from {@code start} to the end of the stream, or until the listener asks to stop.
   *
   * @throws RunException if weights stop being finite numbers
   */
  public TrainingState run(Backend backend, TrainingState start) {
    resumeFrom(start);
    try (PlacedNetwork network = backend.place(plan.placement());
        PlacedSamples train = network.placeSamples(dataset.train());
        PlacedSamples test = network.placeSamples(dataset.test())) {
      placed = network;
      trainSamples = train;
      testSamples = test;
      placed.writeState(start.network());
      startedNanos = System.nanoTime();
      if (finished.isEmpty() && stream.measuring() == Measuring.EACH_EXPERIENCE) {
        endExperience(0, measure(), List.of());
      }
      while (experienceAtHand() <= stream.learned().size()) {
        if (!learn(stream.learned().get(experienceAtHand() - 1))) {
          break;
        }
      }
      return state();
    }
  }

  /**
   * Tests the network of a state for which class is taken for which, as the run tests it.
   *
   * @param state a state of this run, such as its end
   */
  public Confusion confusion(Backend backend, TrainingState state) {
    try (PlacedNetwork network = backend.place(plan.placement());
        PlacedSamples test = network.placeSamples(dataset.test())) {
      network.writeState(state.network());
      return new Evaluation(network, test, plan.testBatch())
          .confusion(stream.tested(), dataset.test());
    }
  }

  private void resumeFrom(TrainingState start) {
    finished = new ArrayList<>(start.finished());
    passes = new ArrayList<>(start.passes());
    passNumber = start.passNumber();
    samplesDone = start.samplesDone();
    stepsDone = start.stepsDone();
    running = start.running();
    secondsBefore = start.seconds();
    atStart = start.atStart();
  }

  /** From 1; one more than there are when all are learned. */
  private int experienceAtHand() {
    return finished.size() + stream.firstRow();
  }

  /** Learns the rest of an experience and tests; false if asked to stop within it. */
  private boolean learn(Experience experience) {
    boolean eachPass = stream.measuring() == Measuring.EACH_PASS;
    while (!isLearned()) {
      if (!pass(experience)) {
        return false;
      }
      endPass(experience);
      if (eachPass && !isLearned()) {
        listener.checkpoint(state());
      }
    }
    if (experience.number() < stream.learned().size()) {
      placed.consolidate(
          trainSamples, experience.train(), RandomStream.FISHER_SPIKES.number(experience.number()));
    }
    Parameters now = placed.readParameters();
    Measurement measured = eachPass ? passes.get(passes.size() - 1).measured() : measure();
    endExperience(experience.number(), measured, WeightChange.between(atStart, now));
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
      if (++batches % listener.progressBatches() == 0 || stop || samplesDone == order.length) {
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
        plan.schedule().factor(stepsDone, plan.mostSteps(stream)));
    samplesDone += count;
    stepsDone++;
  }

  private void endPass(Experience experience) {
    double seconds = secondsSoFar();
    Divergence.check(placed.readParameters(), diverged(experience), placed.divergenceAdvice());
    Measurement measured = stream.measuring() == Measuring.EACH_PASS ? measure() : null;
    ExperienceMetrics.Pass pass =
        new ExperienceMetrics.Pass(passes.size() + 1, running, measured, seconds);
    passes.add(pass);
    listener.passDone(experience, pass);
    passNumber++;
    samplesDone = 0;
    secondsBefore = 0;
    running = Counters.zero(plan.network().layers().size());
    startedNanos = System.nanoTime();
  }

  private String diverged(Experience experience) {
    int epoch = passes.size() + 1;
    return stream.measuring() == Measuring.EACH_PASS
        ? "training diverged: after epoch " + epoch
        : "learning diverged: in experience " + experience.number() + ", pass " + epoch + ",";
  }

  private Measurement measure() {
    return new Evaluation(placed, testSamples, plan.testBatch()).measure(stream.tested());
  }

  private void endExperience(int number, Measurement measured, List<WeightChange> changes) {
    ExperienceMetrics metrics = new ExperienceMetrics(number, passes, measured, changes);
    finished.add(metrics);
    listener.experienceDone(metrics);
  }

  private double secondsSoFar() {
    return secondsBefore + (System.nanoTime() - startedNanos) / 1e9;
  }

  private TrainingState state() {
    running = running.plus(placed.takeCounters());
    return new TrainingState(
        finished,
        passes,
        passNumber,
        samplesDone,
        stepsDone,
        running,
        samplesDone == 0 ? 0 : secondsSoFar(),
        placed.readState(),
        atStart);
  }
}
