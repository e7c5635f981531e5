package org.raphe.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.raphe.backend.Counters;
import org.raphe.backend.cpu.Workers;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measurement;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;

/**
 * Learns a stream, experience by experience, each training sample once, with no task label and no
 * replay, and tests all experiences before the first and after each, each test sample by itself.
 * Samples are shown in the order of the data set. Before the first experience all scores are equal,
 * so that the lowest class is told, as of a network that tells nothing yet.
 *
 * <p>No training sample is judged before it is learned from: the counters of a pass are empty.
 */
public final class BaselineRun {
  /** Samples between two looks at whether to stop. */
  private static final int SHARE = 256;

  private final BaselineLearner learner;
  private final Dataset dataset;
  private final ExperienceStream stream;
  private final Workers workers;
  private final Consumer<ExperienceMetrics> listener;
  private final BooleanSupplier stop;
  private final List<ExperienceMetrics> finished = new ArrayList<>();

  /** Predictions of the last test, by test sample; -1 where a sample is in no experience. */
  private final int[] told;

  private Long scored;
  private String uncounted;

  /**
   * @param learner that has seen no sample
   * @param dataset the samples of {@code stream}
   * @param workers threads that share the tests
   * @param listener is told of each experience, the initial one included
   * @param stop whether to stop
   */
  public BaselineRun(
      BaselineLearner learner,
      Dataset dataset,
      ExperienceStream stream,
      Workers workers,
      Consumer<ExperienceMetrics> listener,
      BooleanSupplier stop) {
    this.learner = learner;
    this.dataset = dataset;
    this.stream = stream;
    this.workers = workers;
    this.listener = listener;
    this.stop = stop;
    told = new int[dataset.test().size()];
    Arrays.fill(told, -1);
  }

  /**
   * Learns from the beginning to the end of the stream.
   *
   * @return what came of it; null if it was asked to stop
   */
  public BaselineOutcome run() {
    boolean done = test(0, List.of());
    for (Experience experience : stream.learned()) {
      done = done && learn(experience);
    }
    return done ? BaselineOutcome.of(learner, finished, told.clone(), scored, uncounted) : null;
  }

  /** Learns an experience and tests; false if asked to stop. */
  private boolean learn(Experience experience) {
    long from = System.nanoTime();
    int[] train = experience.train();
    for (int first = 0; first < train.length; first += SHARE) {
      if (stop.getAsBoolean()) {
        return false;
      }
      int end = Math.min(train.length, first + SHARE);
      learner.learn(dataset.train(), Arrays.copyOfRange(train, first, end));
    }
    learner.endExperience();
    double seconds = (System.nanoTime() - from) / 1e9;
    return test(
        experience.number(), List.of(new ExperienceMetrics.Pass(1, NOT_JUDGED, null, seconds)));
  }

  /** What is counted of a pass: no sample was judged, and no error measured. */
  private static final Counters NOT_JUDGED =
      new Counters(0, 0, Double.NaN, new long[0], new long[0]);

  /** Tests all experiences; false if asked to stop. */
  private boolean test(int experience, List<ExperienceMetrics.Pass> passes) {
    Long before = learner.scoring().macs();
    long[] hits = new long[stream.tested().size()];
    long samples = 0;
    for (int column = 0; column < hits.length; column++) {
      for (int[] group : stream.tested().get(column).test()) {
        if (!tell(group)) {
          return false;
        }
        hits[column] += right(group);
        samples += group.length;
      }
    }
    uncounted = learner.scoring().uncounted();
    scored = uncounted == null ? (Long) (learner.scoring().macs() - before) : null;
    Counters counted =
        new Counters(samples, Arrays.stream(hits).sum(), Double.NaN, new long[0], new long[0]);
    ExperienceMetrics metrics =
        new ExperienceMetrics(
            experience, passes, new Measurement(hits, counted, samples), List.of());
    finished.add(metrics);
    listener.accept(metrics);
    return true;
  }

  private boolean tell(int[] group) {
    Samples samples = dataset.test();
    for (int first = 0; first < group.length; first += SHARE) {
      if (stop.getAsBoolean()) {
        return false;
      }
      int from = first;
      workers.run(
          Math.min(SHARE, group.length - first),
          (item, worker) -> {
            float[] features = new float[samples.shape().size()];
            samples.copyFeatures(group[from + item], features, 0);
            double[] scores = new double[samples.classes()];
            learner.scores(features, scores);
            told[group[from + item]] = largest(scores);
          });
    }
    return true;
  }

  private long right(int[] group) {
    return Arrays.stream(group).filter(k -> told[k] == dataset.test().label(k)).count();
  }

  /** The lowest of the classes with the largest score. */
  private static int largest(double[] scores) {
    int best = 0;
    for (int label = 1; label < scores.length; label++) {
      if (scores[label] > scores[best]) {
        best = label;
      }
    }
    return best;
  }
}
