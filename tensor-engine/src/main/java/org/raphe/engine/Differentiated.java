package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A native operation and the way back through it, by the engine's own automatic differentiation.
 * What is kept for the way back ends with the arrays it was made from.
 */
final class Differentiated {
  private final NDArray[] leaves;
  private final NDArray result;

  private Differentiated(NDArray[] leaves, NDArray result) {
    this.leaves = leaves;
    this.result = result;
  }

  /**
   * Runs an operation.
   *
   * @param operation of arrays with the values of {@code given}, in their order
   * @param given what gradients are asked for; not changed, not even by {@link #back}
   */
  static Differentiated of(Function<NDArray[], NDArray> operation, NDArray... given) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      NDArray[] leaves = Arrays.stream(given).map(Differentiated::leaf).toArray(NDArray[]::new);
      return new Differentiated(leaves, operation.apply(leaves));
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** The same values in the same memory, with a gradient of its own. */
  private static NDArray leaf(NDArray given) {
    NDArray leaf = given.stopGradient();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** The operation's result; what is done to it later takes no part in the way back. */
  NDArray output() {
    return result.stopGradient();
  }

  /**
   * Gradients of what was given, in its order and shapes. Once.
   *
   * @param signal dL/d output
   */
  NDList back(NDArray signal) {
    JniUtils.backward((PtNDArray) result, (PtNDArray) signal, false, false);
    NDList gradients = new NDList();
    for (NDArray leaf : leaves) {
      gradients.add(leaf.getGradient());
    }
    return gradients;
  }
}
