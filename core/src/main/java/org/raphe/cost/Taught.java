package org.raphe.cost;

/**
 * What a layer learned from.
 *
 * @param samples of the batches from which it learned
 * @param batches its optimizer steps
 */
public record Taught(long samples, long batches) {

  /** Both together. */
  public Taught plus(Taught other) {
    return new Taught(samples + other.samples, batches + other.batches);
  }
}
