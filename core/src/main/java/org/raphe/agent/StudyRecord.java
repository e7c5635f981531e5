package org.raphe.agent;

import java.util.List;
import org.raphe.tensor.Tensor;

/**
 * What all learners of a variant did: {@code [trial][learner]} a byte.
 *
 * @param learners how many
 * @param trials how many
 * @param outcomes bits {@link PlacedLearners#ACTION}, {@link PlacedLearners#RELEASED}, {@link
 *     #RIGHT} and {@link #CUE}
 */
public record StudyRecord(int learners, int trials, byte[] outcomes) {
  /** Bit: the action was right. */
  public static final int RIGHT = 4;

  /** Bit: the trial counts for the entropy of actions. */
  public static final int CUE = 8;

  private static final int BITS = 4;

  /** Outcomes in a float32, whose integers to 2^24 are exact. */
  private static final int PACKED = 6;

  StudyRecord(int learners, int trials) {
    this(learners, trials, new byte[learners * trials]);
  }

  /** Adds what a word says to the outcomes of some trials. */
  void judge(int firstTrial, int trials, int[] words) {
    int at = firstTrial * learners;
    for (int k = 0; k < trials * learners; k++) {
      int action = outcomes[at + k] & PlacedLearners.ACTION;
      int right = action == Trial.right(words[k]) ? RIGHT : 0;
      outcomes[at + k] |= (byte) (right | (Trial.cue(words[k]) ? CUE : 0));
    }
  }

  boolean is(int trial, int learner, int bit) {
    return (outcomes[trial * learners + learner] & bit) != 0;
  }

  /** Share of right ones in some trials. */
  double correct(int firstTrial, int trials) {
    int right = 0;
    for (int k = firstTrial * learners; k < (firstTrial + trials) * learners; k++) {
      right += outcomes[k] >>> 2 & 1;
    }
    return (double) right / (trials * learners);
  }

  /** All outcomes, six in a number. */
  Tensor tensor() {
    float[] packed = new float[(outcomes.length + PACKED - 1) / PACKED];
    for (int k = 0; k < packed.length; k++) {
      int bits = 0;
      for (int part = 0; part < PACKED && k * PACKED + part < outcomes.length; part++) {
        bits |= outcomes[k * PACKED + part] << part * BITS;
      }
      packed[k] = bits;
    }
    return new Tensor(List.of(packed.length), packed);
  }

  /** Takes over what {@link #tensor} gave. */
  void restore(float[] packed) {
    for (int k = 0; k < outcomes.length; k++) {
      outcomes[k] = (byte) ((int) packed[k / PACKED] >>> k % PACKED * BITS & (1 << BITS) - 1);
    }
  }
}
