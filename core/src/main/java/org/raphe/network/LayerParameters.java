package org.raphe.network;

/**
 * Parameters of one layer on the host.
 *
 * @param weights W, [inputs][units], input-major
 * @param biases b, [units]; null if the layer has none
 */
public record LayerParameters(float[] weights, float[] biases) {}
