package org.raphe.rule;

import java.util.Optional;
import java.util.OptionalDouble;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/**
 * e-prop with random feedback: the signal of direct feedback alignment at every step, along the
 * membrane's eligibility trace in place of the reset's.
 *
 * <p>Source: Bellec et al., "A solution to the learning dilemma for recurrent networks of spiking
 * neurons", Nature Communications 11, 2020.
 */
public record Eprop() implements Rule {
  @Override
  public String name() {
    return "eprop";
  }

  @Override
  public String source() {
    return "e-prop (Bellec et al. 2020)";
  }

  @Override
  public Signal signal() {
    return new Signal.OutputError(RandomFeedback::uniform);
  }

  @Override
  public Trace trace() {
    return Trace.MEMBRANE;
  }

  /** A rate unit has no trace: what is left is direct feedback alignment. */
  @Override
  public Optional<String> sameAs(NetworkSpec network) {
    return network.neuron() == NeuronModel.RATE
        ? Optional.of(new DirectFeedbackAlignment().name())
        : Optional.empty();
  }

  /** m n + 2 n^2 + 2 n k + k m for a network m-n-k, as Zhang et al. 2023 count. */
  @Override
  public OptionalDouble publishedOperations(NetworkSpec network) {
    double m = network.layers().get(0).inputs();
    double n = network.layers().get(0).units();
    double k = network.classes();
    return OptionalDouble.of(m * n + 2 * n * n + 2 * n * k + k * m);
  }
}
