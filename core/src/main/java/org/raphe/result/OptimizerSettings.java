package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;

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
 */
public record OptimizerSettings(
    String name,
    Double learningRate,
    Double readoutLearningRate,
    String schedule,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double beta1,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double beta2,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double epsilon) {}
