package org.raphe.random;

/**
 * The streams of random numbers, so that no two purposes share a draw. A stream's number is {@code
 * ordinal << 24 | index}, where the index distinguishes epochs or layers.
 */
public enum RandomStream {
  /** Input spikes of training; index = epoch, from 1. */
  TRAINING_SPIKES,
  /**
   * Input spikes of testing; index = 0, so that a model gives the same result whenever it is
   * tested.
   */
  TEST_SPIKES,
  /** Initial weights; index = layer, sample = input, quad = unit / 4. */
  WEIGHTS,
  /** Initial biases; index = layer. */
  BIASES,
  /** Neuromodulator innervation NI; index = layer, sample = row. */
  INNERVATION,
  /** Fixed feedback B of DRTP, BRP, DFA and e-prop; index = layer, sample = class. */
  FEEDBACK,
  /** Order of the samples; index = epoch. */
  ORDER,
  /** Choice of the validation split. */
  VALIDATION_SPLIT,
  /** Fixed projection Q of the closed loop; index = layer, sample = unit. */
  PROJECTION,
  /** Input spikes of elastic weight consolidation's Fisher information; index = experience. */
  FISHER_SPIKES,
  /**
   * A stream whose labels change meaning: index 0 the order of its samples, 1 its switches, 2 its
   * noise blocks, 3 its noise labels, 4 random times of noradrenaline.
   */
  VOLATILITY,
  /** Receptor densities; index = modulator, sample = layer. */
  RECEPTORS,
  /** Labels of training samples that are replaced. */
  LABEL_NOISE,
  /**
   * Spikes of stimuli shown to an actor-critic; index = trial, sample = learner, quad = stimulus.
   */
  STIMULUS_SPIKES,
  /** Choice and bursts of an actor-critic; index = trial, sample = learner. */
  CHOICE,
  /** Initial weights of an actor-critic; sample = learner, step = input, quad = unit / 4. */
  AGENT_WEIGHTS,
  /** What trials of a task hold; index = trial or block of trials, sample = learner. */
  TASK,
  /** Random times at which noradrenaline is released; sample = learner. */
  RELEASE_TIMES,
  /** Order of the features in a task; index = task, from 1. */
  FEATURE_ORDER,
  /** Which samples a task shows; index = task, from 1. */
  TASK_SAMPLES,
  /** Incoming weights of units that are replaced; index = layer, sample = number of the unit. */
  REPLACED_UNITS;

  /** Largest index of a stream. */
  public static final int MAX_INDEX = (1 << 24) - 1;

  /** The first word of the counter. */
  public int number(int index) {
    if (index < 0 || index > MAX_INDEX) {
      throw new IllegalArgumentException(this + " has indices 0.." + MAX_INDEX + ", not " + index);
    }
    return ordinal() << 24 | index;
  }
}
