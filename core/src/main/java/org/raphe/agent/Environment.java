package org.raphe.agent;

/**
 * What one learner acts in: an episode begins with {@link #reset}, and every action leads to the
 * next observation and a reward, until the episode has ended.
 */
public interface Environment {
  /** Stimuli that an observation is of, 1 to {@link AgentSettings#MOST_STIMULI}. */
  int stimuli();

  /**
   * Begins an episode.
   *
   * @return how strongly each stimulus is there, in [0, 1]
   */
  float[] reset();

  /**
   * Acts.
   *
   * @param action 0 or 1; in Go/No-Go 1 is Go
   */
  Step step(int action);

  /**
   * What an action led to.
   *
   * @param observation how strongly each stimulus is there now, in [0, 1]; of an ended episode null
   * @param reward what was received
   * @param ended whether the episode has ended
   */
  record Step(float[] observation, float reward, boolean ended) {}
}
