package org.raphe.agent;

import org.raphe.backend.cpu.Workers;
import org.raphe.tensor.NamedTensors;

/**
 * Learners on the processor: a thread takes some learners through all trials at hand, so that their
 * weights stay in its cache.
 */
public final class CpuLearners implements PlacedLearners {
  /** Learners that a thread takes at a time. */
  private static final int TOGETHER = 8;

  private final LearnerConstants constants;
  private final int learners;
  private final Workers workers;
  private final ActorCritic agent;
  private final LearnerArrays arrays;
  private final TrialScratch[] scratch;

  /**
   * Places learners before their first trial.
   *
   * @param loops see {@link TrialLoopsChoice}
   * @param workers stay the caller's
   */
  CpuLearners(
      LearnerConstants constants, int learners, long seed, TrialLoops loops, Workers workers) {
    this.constants = constants;
    this.learners = learners;
    this.workers = workers;
    agent = new ActorCritic(constants, loops, seed);
    arrays = LearnerArrays.begin(constants, learners, seed);
    scratch = new TrialScratch[workers.count()];
    for (int worker = 0; worker < scratch.length; worker++) {
      scratch[worker] = new TrialScratch(constants);
    }
  }

  @Override
  public void run(
      int firstTrial, int trials, int[] words, float[] rewards, byte[] outcomes, int at) {
    workers.run(
        (learners + TOGETHER - 1) / TOGETHER,
        (item, worker) -> {
          int end = Math.min(learners, (item + 1) * TOGETHER);
          for (int learner = item * TOGETHER; learner < end; learner++) {
            for (int trial = 0; trial < trials; trial++) {
              int place = trial * learners + learner;
              int outcome =
                  run(learner, firstTrial + trial, words[place], rewards, scratch[worker]);
              outcomes[at + place] = (byte) outcome;
            }
          }
        });
  }

  private int run(int learner, int trial, int word, float[] rewards, TrialScratch own) {
    int weightsAt = learner * constants.weightsOfLearner();
    int stateAt = learner * LearnerState.SIZE;
    int shown = Trial.stimuli(word);
    int threshold = ActorCritic.threshold(constants.settings.agent().inputRate());
    for (int stimulus = 0; stimulus < constants.stimuli; stimulus++) {
      own.thresholds[stimulus] = (shown >>> stimulus & 1) == 1 ? threshold : 0;
    }
    agent.choose(learner, trial, arrays.weights(), weightsAt, arrays.state(), stateAt, own);
    float reward = rewards[Trial.reward(word, own.action)];
    float dopamine = reward - own.value;
    agent.learn(dopamine, arrays.weights(), weightsAt, arrays.state(), stateAt, own);
    boolean released =
        Modulation.after(constants, arrays.state(), stateAt, reward, dopamine, Trial.release(word));
    return own.action | (released ? RELEASED : 0);
  }

  @Override
  public NamedTensors readState() {
    return arrays.tensors(constants);
  }

  @Override
  public void writeState(NamedTensors state) {
    arrays.restore(constants, state);
  }

  @Override
  public void close() {
    // Workers are the caller's.
  }
}
