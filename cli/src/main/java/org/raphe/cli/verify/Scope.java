package org.raphe.cli.verify;

import java.util.List;

/**
 * How much is done.
 *
 * @param parityBatches batches that each network of the parity check is trained on
 * @param network hidden units of the short training and of the memory check
 * @param trainSamples samples of the short training
 * @param recordedRuns what the commands of the recorded runs begin with that are made
 * @param timedBatches batches of which launches are timed
 * @param timedSeconds least seconds of warming up, and of batches without timing
 * @param timedSizes samples of these batches
 * @param memoryBatches batches over which memory must stay the same
 */
public record Scope(
    int parityBatches,
    String network,
    int trainSamples,
    String recordedRuns,
    int timedBatches,
    double timedSeconds,
    List<Integer> timedSizes,
    int memoryBatches) {
  /** Batches of a short parity check. */
  public static final int SHORT_PARITY = 10;

  /** Batches of a full parity check. */
  public static final int FULL_PARITY = 200;

  /** Batches of a thorough memory check. */
  public static final int FULL_MEMORY = 10_000;

  /** Within five minutes on a GPU. */
  public static final Scope USUAL =
      new Scope(SHORT_PARITY, "784-1000-10", 6400, "", 200, 0.5, List.of(32, 256), FULL_MEMORY);

  /** A look at everything, for simulators. */
  public static final Scope QUICK =
      new Scope(SHORT_PARITY, "784-32-10", 320, "train --neuron rate", 2, 0, List.of(32), 32);

  /** The same with other batches of parity. */
  public Scope withParityBatches(int batches) {
    return new Scope(
        batches,
        network,
        trainSamples,
        recordedRuns,
        timedBatches,
        timedSeconds,
        timedSizes,
        memoryBatches);
  }

  /** The same with other batches of the memory check. */
  public Scope withMemoryBatches(int batches) {
    return new Scope(
        parityBatches,
        network,
        trainSamples,
        recordedRuns,
        timedBatches,
        timedSeconds,
        timedSizes,
        batches);
  }
}
