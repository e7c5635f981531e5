package org.raphe.backend;

/**
 * What a device counted since it was last asked. Integers are exact and equal on every backend.
 *
 * @param samples samples shown
 * @param hits samples whose prediction was their label
 * @param squaredError sum over samples and classes of (y - onehot)^2, each sample's rounded to a
 *     multiple of 2^-24 so that the sum is exact; NaN where a device cannot measure it
 * @param activeInputs for each layer, the inputs that were not 0, over samples and steps: spikes,
 *     or values of rate units
 * @param synapseUpdates for each layer, the products summed into weight changes: an input that was
 *     not 0 times the units whose credit was not 0
 */
public record Counters(
    long samples, long hits, double squaredError, long[] activeInputs, long[] synapseUpdates) {

  /** No sample yet, for a network of {@code layers} layers. */
  public static Counters zero(int layers) {
    return new Counters(0, 0, 0, new long[layers], new long[layers]);
  }

  /** The sum of both. */
  public Counters plus(Counters other) {
    long[] active = activeInputs.clone();
    long[] updates = synapseUpdates.clone();
    for (int layer = 0; layer < active.length; layer++) {
      active[layer] += other.activeInputs[layer];
      updates[layer] += other.synapseUpdates[layer];
    }
    return new Counters(
        samples + other.samples,
        hits + other.hits,
        squaredError + other.squaredError,
        active,
        updates);
  }

  /** Share of hits; null while no sample was shown. */
  public Double accuracy() {
    return samples == 0 ? null : (double) hits / samples;
  }
}
