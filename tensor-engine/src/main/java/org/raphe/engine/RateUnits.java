package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import org.raphe.network.Activation;

/**
 * What rate units emit, h = tanh(z) or ReLU, and dh/dz.
 *
 * @param activation tanh or relu
 */
record RateUnits(Activation activation) {

  /** h of currents z. */
  NDArray emitted(NDArray z) {
    return rectified() ? ai.djl.nn.Activation.relu(z) : z.tanh();
  }

  /** dh/dz, by what units emitted: 1 - h^2, or 1[h &gt; 0]. */
  NDArray slope(NDArray h) {
    return rectified() ? h.gt(0).toType(h.getDataType(), false) : h.square().negi().addi(1f);
  }

  private boolean rectified() {
    return activation == Activation.RELU;
  }
}
