package org.raphe.learning;

/**
 * The optimizer step that a layer takes after a batch.
 *
 * @param number of the layer's own steps, from 1; 0 where it does not learn from the batch
 * @param rateFactor what the layer's learning rate is multiplied by
 */
public record LayerStep(long number, double rateFactor) {

  /** Of a layer that does not learn from the batch. */
  public static final LayerStep NONE = new LayerStep(0, 0);

  public LayerStep {
    if (number < 0) {
      throw new IllegalArgumentException("steps are numbered from 1, not " + number);
    }
  }

  /** Whether the layer learns from the batch. */
  public boolean learns() {
    return number > 0;
  }

  /** The same with the learning rate multiplied. */
  public LayerStep times(double factor) {
    return new LayerStep(number, rateFactor * factor);
  }
}
