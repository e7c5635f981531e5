package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What a batch leaves in a layer for its way back.
 *
 * @param pass the way through the weights, of rate units through these too
 * @param emitted what the units emitted, [rows, units]
 * @param pool where averages of that are handed on
 */
record LayerTrace(LayerPass pass, NDArray emitted, Optional<Differentiated> pool) {

  /** [rows, outputs]. */
  NDArray handedOn() {
    return pool.map(Differentiated::output).orElse(emitted);
  }

  /** dL/d what the units emitted, of dL/d what is handed on. Once. */
  NDArray toUnits(NDArray signal) {
    return pool.map(averages -> averages.back(signal).get(0)).orElse(signal);
  }
}
