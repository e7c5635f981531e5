package org.raphe.rule;

import java.util.OptionalDouble;
import org.raphe.network.NetworkSpec;

/**
 * Direct feedback alignment: the read-out's error through fixed random feedback, G = (y - onehot)
 * B.
 *
 * <p>Source: Nokland, "Direct feedback alignment provides learning in deep neural networks",
 * NeurIPS 2016.
 */
public record DirectFeedbackAlignment() implements Rule {
  @Override
  public String name() {
    return "dfa";
  }

  @Override
  public String source() {
    return "direct feedback alignment (Nokland 2016)";
  }

  @Override
  public Signal signal() {
    return new Signal.OutputError(RandomFeedback::uniform);
  }

  @Override
  public OptionalDouble publishedOperations(NetworkSpec network) {
    return RandomFeedback.publishedOperations(network);
  }
}
