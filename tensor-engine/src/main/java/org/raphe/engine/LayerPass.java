package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** A batch's way through a layer, and back. All arrays end with the batch. */
interface LayerPass {

  /** What the layer gave, [rows, numbers]. */
  NDArray output();

  /**
   * The way back.
   *
   * @param signal dL/d output, in its shape; may be overwritten
   */
  Returned back(NDArray signal);

  /**
   * What comes of the way back.
   *
   * @param gradients for weights and bias, in their shapes
   * @param below dL/d input, [rows, N]; null where no layer before learns of it
   */
  record Returned(NDList gradients, NDArray below) {}
}
