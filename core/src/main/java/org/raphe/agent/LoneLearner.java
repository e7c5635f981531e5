package org.raphe.agent;

/**
 * One learner in an environment of one's own, on the processor: perceives, acts, learns. In an
 * episode of one trial it does what a learner of a study does, to the same bits; where an episode
 * goes on, dopamine waits for the value of the next observation: {@code DA = r + discount V' - V}.
 */
public final class LoneLearner {
  private final LearnerConstants constants;
  private final ActorCritic agent;
  private final LearnerArrays arrays;
  private final int number;
  private TrialScratch now;
  private TrialScratch before;
  private int trial;
  private float dopamine;

  /**
   * A learner before its first trial.
   *
   * @param stimuli those of its environment
   * @param number which of a study's learners it is, from 0
   */
  public LoneLearner(LearnerSettings settings, int stimuli, long seed, int number) {
    constants = new LearnerConstants(settings, stimuli);
    agent = new ActorCritic(constants, new PlainTrialLoops(), seed);
    arrays =
        new LearnerArrays(new float[constants.weightsOfLearner()], new float[LearnerState.SIZE]);
    ActorCritic.drawWeights(constants, seed, number, arrays.weights(), 0);
    LearnerState.begin(arrays.state(), 0);
    this.number = number;
    now = new TrialScratch(constants);
    before = new TrialScratch(constants);
  }

  /**
   * Lives an episode: acts until it has ended.
   *
   * @return the sum of its rewards
   */
  public float live(Environment environment) {
    perceive(environment.reset());
    float sum = 0f;
    while (true) {
      Environment.Step step = environment.step(now.action);
      sum += step.reward();
      if (step.ended()) {
        learn(now, step.reward() - now.value, step.reward());
        return sum;
      }
      TrialScratch waiting = now;
      now = before;
      before = waiting;
      perceive(step.observation());
      float next = constants.settings.agent().discount() * now.value;
      learn(before, step.reward() + next - before.value, step.reward());
    }
  }

  private void perceive(float[] observation) {
    float rate = constants.settings.agent().inputRate();
    for (int stimulus = 0; stimulus < constants.stimuli; stimulus++) {
      now.thresholds[stimulus] = ActorCritic.threshold(observation[stimulus] * rate);
    }
    agent.choose(number, trial++, arrays.weights(), 0, arrays.state(), 0, now);
  }

  private void learn(TrialScratch of, float error, float reward) {
    dopamine = error;
    agent.learn(error, arrays.weights(), 0, arrays.state(), 0, of);
    Modulation.after(constants, arrays.state(), 0, reward, error, false);
  }

  /** The action chosen last: 0 or 1. */
  public int action() {
    return now.action;
  }

  /** The last prediction error. */
  public float dopamine() {
    return dopamine;
  }

  /** The level of noradrenaline that the next trial has. */
  public float noradrenaline() {
    return arrays.state()[LearnerState.NORADRENALINE];
  }

  /** Its weights, {@code [input][stride]}, a copy. */
  public float[] weights() {
    return arrays.weights().clone();
  }
}
