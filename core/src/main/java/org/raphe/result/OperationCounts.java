package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What was executed, or what a formula says would be. Equal on every backend.
 *
 * @param <N> {@link Long} for a run, {@link Double} for the mean of one sample
 * @param macs multiply-accumulates where an input is neither 0 nor 1; all of a formula's; those of
 *     an analytic baseline as it executes them, null where a part is not counted
 * @param denseMacs what they and the accumulates would be if no input were 0; like all that
 *     follows, null of an analytic baseline
 * @param macsByPass a formula's, by pass; null, and no key, where executed operations are counted
 * @param weightWrites weights that an optimizer step changed or rewrote
 * @param neuronUpdates membrane steps, or activations of rate units
 * @param bytesMoved bytes that the kernels read and write by design, from and to device memory
 */
public record OperationCounts<N extends Number>(
    SynapticOperations<N> synapticOperations,
    N macs,
    N denseMacs,
    @JsonInclude(JsonInclude.Include.NON_NULL) PassCounts<N> macsByPass,
    N weightWrites,
    N neuronUpdates,
    N bytesMoved) {}
