package org.raphe.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.raphe.InputException;
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
import org.raphe.data.Samples;
import org.raphe.learning.BatchStep;
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
  private ModulatedLearning modulated;

  /** Whether a pass is being shown, whose seconds count. */
  private boolean inPass;

  /** What to go back to where tests are stopped that come after consolidation; else null. */
  private TrainingState beforeTests;

  /**
   * @param dataset the samples of {@code stream}, scaled as {@link TrainingPlan#features} says
   * @throws InputException if layers have schedules of their own and the stream is more than one
   *     experience
   */
  public Trainer(
      TrainingPlan plan, Dataset dataset, ExperienceStream stream, TrainingListener listener) {
    if (!plan.layers().isEmpty() && stream.learned().size() != 1) {
      throw new InputException(
          "layers that learn in epochs of their own need one experience, but the stream has "
              + stream.learned().size());
    }
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
      modulated = new ModulatedLearning(plan, stream, placed, start);
      boolean goesOn = measureInitial();
      while (goesOn && experienceAtHand() <= stream.learned().size()) {
        goesOn = learn(stream.learned().get(experienceAtHand() - 1));
      }
      if (goesOn) {
        return state();
      }
      TrainingState stopped = beforeTests == null ? state() : beforeTests;
      listener.checkpoint(stopped);
      return stopped;
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

  /** Row 0 of a stream that has one; false if asked to stop. */
  private boolean measureInitial() {
    if (finished.isEmpty() && stream.measuring() == Measuring.EACH_EXPERIENCE) {
      Measurement measured = measure();
      if (measured == null) {
        return false;
      }
      endExperience(0, measured, List.of());
    }
    return true;
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
    inPass = false;
    beforeTests = null;
  }

  /** From 1; one more than there are when all are learned. */
  private int experienceAtHand() {
    return finished.size() + stream.firstRow();
  }

  /** Learns the rest of an experience and tests; false if asked to stop within it. */
  private boolean learn(Experience experience) {
    if (experience.inputs() == null) {
      return learnPlaced(experience);
    }
    PlacedSamples whole = trainSamples;
    try (PlacedSamples own = placed.placeSamples(own(experience))) {
      trainSamples = own;
      return learnPlaced(experience);
    } finally {
      trainSamples = whole;
    }
  }

  /** The samples of an experience whose features have an order of their own. */
  private Samples own(Experience experience) {
    return dataset
        .train()
        .subset(dataset.train().name(), experience.train())
        .permuted(experience.inputs());
  }

  /** Places in what is placed of an experience's training samples. */
  private static int[] indices(Experience experience) {
    return experience.inputs() == null
        ? experience.train()
        : IntStream.range(0, experience.train().length).toArray();
  }

  private boolean learnPlaced(Experience experience) {
    boolean eachPass = stream.measuring() == Measuring.EACH_PASS;
    while (!isLearned()) {
      if (!pass(experience) || !endPass(experience)) {
        return false;
      }
      if (eachPass && !isLearned()) {
        listener.checkpoint(state());
      }
    }
    if (experience.number() < stream.learned().size()) {
      beforeTests = state();
      placed.consolidate(
          trainSamples,
          indices(experience),
          RandomStream.FISHER_SPIKES.number(experience.number()));
    }
    Measurement measured = eachPass ? passes.get(passes.size() - 1).measured() : measure();
    if (measured == null) {
      return false;
    }
    beforeTests = null;
    Parameters now = placed.readParameters();
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

  /** Shows the rest of a pass; false if asked to stop, be it after its last batch. */
  private boolean pass(Experience experience) {
    int[] order = order(experience);
    startedNanos = System.nanoTime();
    inPass = true;
    Pace pace = new Pace(listener.progressBatches());
    boolean stop = false;
    while (samplesDone < order.length && !stop) {
      trainBatch(order);
      if (pace.batch() || samplesDone == order.length) {
        running = running.plus(placed.takeCounters());
        pace.waited();
        listener.progress(experience, passes.size() + 1, samplesDone, running);
      }
      stop = listener.stopRequested();
      if (!stop && samplesDone < order.length && listener.checkpointDue()) {
        listener.checkpoint(state());
      }
    }
    running = running.plus(placed.takeCounters());
    secondsBefore = secondsSoFar();
    inPass = false;
    return !stop;
  }

  /** The experience's training samples in the order of this pass. */
  private int[] order(Experience experience) {
    int[] own = indices(experience);
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
    int stream = RandomStream.TRAINING_SPIKES.number(passNumber);
    BatchStep step = plan.step(stepsDone, this.stream);
    if (plan.modulation().isNone()) {
      BatchSchedule.train(placed, trainSamples, order, samplesDone, count, stream, step);
    } else {
      modulated.broadcast();
      BatchSchedule.answer(placed, trainSamples, order, samplesDone, count, stream, step);
      Counters answered = placed.takeCounters();
      running = running.plus(answered);
      modulated.learn(answered, count, step);
    }
    samplesDone += count;
    stepsDone++;
  }

  /** Tests, where each pass is tested; false if asked to stop, when the pass stays as it is. */
  private boolean endPass(Experience experience) {
    Divergence.check(placed.readParameters(), diverged(experience), placed.divergenceAdvice());
    boolean tested = stream.measuring() == Measuring.EACH_PASS;
    Measurement measured = tested ? measure() : null;
    if (tested && measured == null) {
      return false;
    }
    ExperienceMetrics.Pass pass =
        new ExperienceMetrics.Pass(passes.size() + 1, running, measured, secondsBefore);
    passes.add(pass);
    listener.passDone(experience, pass);
    passNumber++;
    samplesDone = 0;
    secondsBefore = 0;
    running = Counters.zero(plan.network().layers().size());
    return true;
  }

  private String diverged(Experience experience) {
    int epoch = passes.size() + 1;
    return stream.measuring() == Measuring.EACH_PASS
        ? "training diverged: after epoch " + epoch
        : "learning diverged: in experience " + experience.number() + ", pass " + epoch + ",";
  }

  /** Null if asked to stop. */
  private Measurement measure() {
    return new Evaluation(placed, testSamples, plan.testBatch())
        .measure(stream.tested(), listener::stopRequested);
  }

  private void endExperience(int number, Measurement measured, List<WeightChange> changes) {
    ExperienceMetrics metrics = new ExperienceMetrics(number, passes, measured, changes);
    finished.add(metrics);
    listener.experienceDone(metrics);
  }

  private double secondsSoFar() {
    return inPass ? secondsBefore + (System.nanoTime() - startedNanos) / 1e9 : secondsBefore;
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
        atStart,
        modulated.state());
  }
}
