package org.raphe.learning;

import org.raphe.InputException;

/**
 * What the read-out descends. y is its rate over the window (spiking) or its activation (rate
 * units).
 *
 * @param kind which loss
 * @param scale S, for cross-entropy of a spiking read-out: softmax(S y)
 */
public record ReadoutLoss(Kind kind, float scale) {

  /** The losses. */
  public enum Kind {
    /** Mean-squared error over batch and classes: dL/dy = 2 (y - onehot) / (B K). */
    MEAN_SQUARED,
    /** Cross-entropy, mean over the batch: dL/d(S y) = (softmax(S y) - onehot) / B. */
    CROSS_ENTROPY,
    /** y - onehot, summed over the batch and given at the last step only (class-continual mode). */
    LAST_STEP
  }

  /** The published loss of classification. */
  public static final ReadoutLoss PUBLISHED = new ReadoutLoss(Kind.MEAN_SQUARED, 1f);

  /** The published loss of class-continual learning. */
  public static final ReadoutLoss CONTINUAL = new ReadoutLoss(Kind.LAST_STEP, 1f);

  public ReadoutLoss {
    if (!(scale > 0) || !Float.isFinite(scale)) {
      throw new InputException("a read-out's scale must be finite and above 0, not " + scale);
    }
  }

  /** Cross-entropy of softmax(scale y). */
  public static ReadoutLoss crossEntropy(float scale) {
    return new ReadoutLoss(Kind.CROSS_ENTROPY, scale);
  }
}
