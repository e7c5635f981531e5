package org.raphe.network;

/**
 * Parameters of one layer on the host.
 *
 * @param weights W, [fan-in][channel], input-major; of a dense layer [inputs][units]
 * @param biases b, [channel]; null if the layer has none
 */
public record LayerParameters(float[] weights, float[] biases) {}
