package org.raphe.result;

/**
 * Accumulates at synapses.
 *
 * @param <N> {@link Long} for a run, {@link Double} for the mean of one sample
 * @param forward one for each synapse that a spike reaches; null where a formula counts a spiking
 *     network, which counts every product as a multiply-accumulate
 * @param learning synapse updates summed into a weight change
 */
public record SynapticOperations<N extends Number>(N forward, N learning) {}
