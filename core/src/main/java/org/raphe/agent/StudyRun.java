package org.raphe.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.backend.cpu.Workers;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * Runs a study, one variant after another, all learners of one side by side. A study that is
 * stopped and continued ends with the same bits.
 */
public final class StudyRun {
  /** Trials between two looks at the clock. */
  private static final int AT_A_TIME = 25;

  private static final String OUTCOMES = "outcomes.";
  private static final String LEARNERS = "learners.";

  private final StudyPlan plan;
  private final LearnerDevice device;
  private final Workers workers;
  private final StudyListener listener;
  private final List<StudyRecord> records = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();
  private double secondsBefore;
  private long started;

  /**
   * @param workers make trials and measure; they stay the caller's
   */
  public StudyRun(StudyPlan plan, LearnerDevice device, Workers workers, StudyListener listener) {
    this.plan = plan;
    this.device = device;
    this.workers = workers;
    this.listener = listener;
  }

  /** The state before any trial. */
  public static StudyState initial() {
    return new StudyState(0, 0, List.of(), 0, new NamedTensors(Map.of()));
  }

  /** Names and shapes that a state at some place has. */
  public static NamedTensors shapes(StudyPlan plan, int variant, int trials) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int begun = variant + (trials > 0 ? 1 : 0);
    for (int k = 0; k < begun; k++) {
      tensors.put(OUTCOMES + k, new StudyRecord(plan.learners(), plan.task().trials()).tensor());
    }
    NamedTensors all = new NamedTensors(tensors);
    if (trials == 0) {
      return all;
    }
    LearnerConstants constants =
        new LearnerConstants(plan.variants().get(variant).settings(), plan.task().stimuli());
    LearnerArrays begin = LearnerArrays.begin(constants, plan.learners(), plan.seed());
    return all.and(begin.tensors(constants).prefixed(LEARNERS));
  }

  /** Runs from a state to the end, or until the listener asks to stop. */
  public StudyState run(StudyState start) {
    secondsBefore = start.seconds();
    started = System.nanoTime();
    digests.addAll(start.digests());
    int begun = start.variant() + (start.trials() > 0 ? 1 : 0);
    for (int k = 0; k < begun; k++) {
      StudyRecord record = new StudyRecord(plan.learners(), plan.task().trials());
      record.restore(start.tensors().values(OUTCOMES + k));
      records.add(record);
    }
    int trial = start.trials();
    for (int number = start.variant(); number < plan.variants().size(); number++) {
      if (records.size() == number) {
        records.add(new StudyRecord(plan.learners(), plan.task().trials()));
      }
      StudyState stopped = run(number, trial, start);
      if (stopped != null) {
        return stopped;
      }
      trial = 0;
    }
    return state(plan.variants().size(), 0, new NamedTensors(Map.of()));
  }

  /** Runs a variant; null when it is over. */
  private StudyState run(int number, int from, StudyState start) {
    StudyVariant variant = plan.variants().get(number);
    LearnerConstants constants = new LearnerConstants(variant.settings(), plan.task().stimuli());
    StudyTimes times = StudyTimes.of(variant.times(), plan, records.get(0));
    StudyRecord record = records.get(number);
    try (PlacedLearners learners = device.placeLearners(constants, plan.learners(), plan.seed())) {
      if (from > 0) {
        learners.writeState(start.tensors().under(LEARNERS));
      }
      int all = plan.task().trials();
      for (int trial = from; trial < all; ) {
        int count = Math.min(AT_A_TIME, all - trial);
        int[] words = words(times, trial, count);
        learners.run(
            trial, count, words, plan.task().rewards(), record.outcomes(), trial * plan.learners());
        record.judge(trial, count, words);
        listener.progress(variant, trial + count, record.correct(trial, count));
        trial += count;
        boolean stop = listener.stopRequested();
        if (trial < all && (stop || listener.checkpointDue())) {
          StudyState state = state(number, trial, learners.readState().prefixed(LEARNERS));
          listener.checkpoint(state);
          if (stop) {
            return state;
          }
        }
      }
      digests.add(learners.readState().sha256());
    }
    return null;
  }

  private int[] words(StudyTimes times, int from, int count) {
    int learners = plan.learners();
    int[] words = new int[count * learners];
    workers.run(
        count,
        (item, worker) -> {
          for (int learner = 0; learner < learners; learner++) {
            int word = plan.task().word(learner, from + item);
            boolean due = times != null && times.due(from + item, learner);
            words[item * learners + learner] = due ? word | Trial.RELEASE : word;
          }
        });
    return words;
  }

  private StudyState state(int variant, int trials, NamedTensors learners) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int k = 0; k < records.size(); k++) {
      tensors.put(OUTCOMES + k, records.get(k).tensor());
    }
    return new StudyState(
        variant,
        trials,
        List.copyOf(digests),
        secondsBefore + (System.nanoTime() - started) / 1e9,
        new NamedTensors(tensors).and(learners));
  }

  /** What the learners of a variant did. */
  public StudyRecord record(int variant) {
    return records.get(variant);
  }
}
