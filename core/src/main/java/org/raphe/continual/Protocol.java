package org.raphe.continual;

import java.util.Locale;

/**
 * How test samples are batched (docs/ALGORITHM.md, section 6). It matters for networks with an
 * input-type gate, whose gate is made from a batch's mean input.
 */
public enum Protocol {
  /** One test sample at a time: no result depends on which samples share a batch. */
  STRICT,
  /**
   * Batches that hold one class each: the published program's. The gate then sees the mean of the
   * class that is to be predicted.
   */
  PUBLISHED;

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
