package org.raphe.learning;

import org.raphe.InputException;

/**
 * What the read-out descends. y is its rate over the window (spiking) or its activation (rate
 * units).
 *
 * @param kind which loss
 * @param scale S, for cross-entropy: softmax(S y)
 * @param credit how a spiking read-out passes its signal to its synapses
 */
public record ReadoutLoss(Kind kind, float scale, Credit credit) {

  /** The losses. */
  public enum Kind {
    /** Mean-squared error over batch and classes: dL/dy = 2 (y - onehot) / (B K). */
    MEAN_SQUARED,
    /** Cross-entropy, mean over the batch: dL/d(S y) = (softmax(S y) - onehot) / B. */
    CROSS_ENTROPY,
    /** y - onehot, summed over the batch and given at the last step only (class-continual mode). */
    LAST_STEP
  }

  /** From the signal G_t of a spiking read-out unit to its credit D_t. */
  public enum Credit {
    /**
     * Through spike and reset, docs/ALGORITHM.md, section 4: a unit whose membrane stays at or
     * below theta - lens learns nothing.
     */
    CHAIN,
    /** The delta rule (Widrow and Hoff 1960): D_t = G_t, so that a silent unit learns too. */
    DIRECT
  }

  /** The published loss of classification. */
  public static final ReadoutLoss PUBLISHED = new ReadoutLoss(Kind.MEAN_SQUARED, 1f, Credit.CHAIN);

  /** The published loss of class-continual learning. */
  public static final ReadoutLoss CONTINUAL = new ReadoutLoss(Kind.LAST_STEP, 1f, Credit.CHAIN);

  public ReadoutLoss {
    if (!(scale > 0) || !Float.isFinite(scale)) {
      throw new InputException("a read-out's scale must be finite and above 0, not " + scale);
    }
  }

  /** Cross-entropy of softmax(scale y). */
  public static ReadoutLoss crossEntropy(float scale) {
    return new ReadoutLoss(Kind.CROSS_ENTROPY, scale, Credit.CHAIN);
  }

  /**
   * What (a - onehot) is multiplied by to give G: computed in double, rounded once
   * (docs/ALGORITHM.md, section 5).
   *
   * <pre>
   *   mean squared    2 / (B K T)
   *   cross-entropy   S / (B T)
   *   last step       1
   * </pre>
   *
   * @param samples B, samples of the batch at hand
   * @param classes K
   * @param steps T
   */
  public float factor(int samples, int classes, int steps) {
    return switch (kind) {
      case MEAN_SQUARED -> (float) (2.0 / ((double) samples * classes * steps));
      case CROSS_ENTROPY -> (float) (scale / ((double) samples * steps));
      case LAST_STEP -> 1f;
    };
  }

  /** The same with another credit. */
  public ReadoutLoss withCredit(Credit other) {
    return new ReadoutLoss(kind, scale, other);
  }
}
