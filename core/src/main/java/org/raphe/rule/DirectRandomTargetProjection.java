package org.raphe.rule;

/**
 * Direct random target projection: a fixed random projection of the target is the signal, G = B[c].
 *
 * <p>Source: Frenkel, Lefebvre, Bol, "Learning without feedback: fixed random learning signals
 * allow for feedforward training of deep neural networks", Frontiers in Neuroscience 15, 2021.
 */
public record DirectRandomTargetProjection() implements Rule {
  @Override
  public String name() {
    return "drtp";
  }

  @Override
  public String source() {
    return "direct random target projection (Frenkel, Lefebvre, Bol 2021)";
  }

  @Override
  public Signal signal() {
    return new Signal.Target(RandomFeedback::uniform);
  }
}
