package org.raphe.benchmarks;

import org.raphe.InputException;

/**
 * What {@link EngineNaca} trains: N - hidden - K, one hidden layer.
 *
 * @param units spiking or rate units
 * @param hidden H, units of the hidden layer
 * @param batch B, samples a batch
 * @param steps T, time steps of the window; rate units ignore it
 * @param threads threads inside an operation of the engine
 * @param learningRate step size of Adam
 * @param seed seed of parameters, modulation, order of samples and input spikes
 */
public record EngineSettings(
    Units units, int hidden, int batch, int steps, int threads, float learningRate, int seed) {

  /** Kind of unit. */
  public enum Units {
    /** Leaky integrate-and-fire units, hidden and output. */
    SPIKING,
    /** Hyperbolic tangent in the hidden layer, logistic function in the output layer. */
    RATE
  }

  public EngineSettings {
    atLeastOne("hidden", hidden);
    atLeastOne("batch", batch);
    atLeastOne("steps", steps);
    atLeastOne("threads", threads);
    if (!(learningRate > 0 && learningRate < 1)) {
      throw new InputException("learning rate is " + learningRate + "; it must lie in (0, 1)");
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new InputException(name + " is " + value + "; it must be at least 1");
    }
  }

  /** The published setting: 1000 hidden units, batch 32, T = 20, Adam 1e-4. */
  public static EngineSettings published(Units units, int threads) {
    return new EngineSettings(units, 1000, 32, 20, threads, 1e-4f, 1);
  }
}
