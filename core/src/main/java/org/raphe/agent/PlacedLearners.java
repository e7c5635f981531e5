package org.raphe.agent;

import org.raphe.tensor.NamedTensors;

/**
 * Learners of one kind on a device, each with weights and state of its own; closed by who asked.
 */
public interface PlacedLearners extends AutoCloseable {
  /** Bit of an outcome: the action. */
  int ACTION = 1;

  /** Bit of an outcome: noradrenaline was released at the trial's end. */
  int RELEASED = 2;

  /**
   * Runs consecutive trials of every learner.
   *
   * @param firstTrial number of the first one in the session
   * @param trials how many
   * @param words {@code [trial][learner]} their words ({@link Trial}), from 0
   * @param rewards the four rewards that words point at
   * @param outcomes {@code [trial][learner]} receives {@link #ACTION} and {@link #RELEASED}, from
   *     {@code at} on
   * @param at where the first trial's outcomes begin
   */
  void run(int firstTrial, int trials, int[] words, float[] rewards, byte[] outcomes, int at);

  /** Weights {@code [learner][input][unit]} and state {@code [learner][number]}. */
  NamedTensors readState();

  /** Goes on from a state of {@link #readState}. */
  void writeState(NamedTensors state);

  @Override
  void close();
}
