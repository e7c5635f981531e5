package org.raphe.rule;

/**
 * Local errors: a layer judges itself through a classifier of its own output, G = (softmax(4 r Q) -
 * onehot) Q^T, with Q fixed and random. No other layer's error or weights are needed.
 *
 * <p>Source: Mostafa, Ramesh, Cauwenberghs, "Deep supervised learning using local errors",
 * Frontiers in Neuroscience 12:608, 2018; spiking, at every step: Kaiser, Mostafa, Neftci,
 * "Synaptic plasticity dynamics for deep continuous local learning (DECOLLE)", 2020.
 */
public record LocalError() implements Rule {
  private static final float SHARPNESS = 4f;

  @Override
  public String name() {
    return "local-error";
  }

  @Override
  public String source() {
    return "local errors, a fixed random head a layer (Mostafa, Ramesh, Cauwenberghs 2018)";
  }

  @Override
  public Signal signal() {
    return new Signal.HeadError(RandomFeedback::projection, SHARPNESS);
  }
}
