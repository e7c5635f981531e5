package org.raphe.benchmarks;

/**
 * What a timed stretch of training took.
 *
 * @param samples samples trained on
 * @param seconds wall-clock time
 * @param accuracy fraction of those samples that were classified correctly just before the update
 *     of their own batch
 */
public record EngineTiming(long samples, double seconds, double accuracy) {

  /** Samples a second. */
  public double samplesPerSecond() {
    return samples / seconds;
  }

  /** Seconds that an epoch of {@code epochSamples} samples takes at this speed. */
  public double projectedSeconds(long epochSamples) {
    return epochSamples / samplesPerSecond();
  }
}
