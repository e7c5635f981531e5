package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How summed gradients changed weights.
 *
 * @param name {@code adam} or {@code sgd}
 * @param learningRate of hidden layers, before the schedule's factor
 * @param readoutLearningRate of the read-out
 * @param schedule learning rates over the run
 * @param beta1 decay of Adam's first moment; null, and no key, of another optimizer
 * @param beta2 decay of Adam's second moment; likewise
 * @param epsilon what Adam adds to the root of the second moment; likewise
 * @param layers when each hidden layer learned and how fast, first layer first; null, and no key,
 *     where all learned always and alike
 */
public record OptimizerSettings(
    String name,
    Double learningRate,
    Double readoutLearningRate,
    String schedule,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double beta1,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double beta2,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double epsilon,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Layer> layers) {

  /**
   * A hidden layer that learned in its own time.
   *
   * @param rateFactor what its learning rate was multiplied by
   * @param opens epochs after which it began to learn
   * @param closes epochs after which it no longer did; null where it learned to the end
   */
  public record Layer(Double rateFactor, Double opens, Double closes) {}
}
