package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Multiply-accumulates of back-propagation by pass, from formulas. Those of elastic weight
 * consolidation are null, and have no keys, under other rules.
 *
 * @param <N> {@link Long} for a run, {@link Double} for the mean of one sample
 * @param forward activity through layers
 * @param backward errors back through layers
 * @param gradient weight gradients
 * @param fisherForward activity, to measure Fisher information
 * @param fisherBackward errors, to measure Fisher information
 * @param fisherGradient gradients of single samples, to measure Fisher information
 * @param penalty gradients of the penalty
 * @param anchors sums that the penalty is kept as
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PassCounts<N extends Number>(
    N forward,
    N backward,
    N gradient,
    N fisherForward,
    N fisherBackward,
    N fisherGradient,
    N penalty,
    N anchors) {}
