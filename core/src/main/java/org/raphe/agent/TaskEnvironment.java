package org.raphe.agent;

/** One learner's session of a task as an environment: an episode is a trial. */
public final class TaskEnvironment implements Environment {
  private final Task task;
  private final int learner;
  private int trial = -1;

  /** The session of a learner, from its first trial on. */
  public TaskEnvironment(Task task, int learner) {
    this.task = task;
    this.learner = learner;
  }

  @Override
  public int stimuli() {
    return task.stimuli();
  }

  /**
   * The next trial.
   *
   * @throws IllegalStateException if the session is over
   */
  @Override
  public float[] reset() {
    trial++;
    if (trial >= task.trials()) {
      throw new IllegalStateException("the session of " + task.trials() + " trials is over");
    }
    int shown = Trial.stimuli(word());
    float[] observation = new float[task.stimuli()];
    for (int stimulus = 0; stimulus < observation.length; stimulus++) {
      observation[stimulus] = shown >>> stimulus & 1;
    }
    return observation;
  }

  /** The word of the trial at hand. */
  public int word() {
    return task.word(learner, trial);
  }

  @Override
  public Step step(int action) {
    return new Step(null, task.rewards()[Trial.reward(word(), action)], true);
  }
}
