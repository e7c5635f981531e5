package org.raphe.nir;

import java.util.List;

/**
 * A node of a NIR graph, of a kind that is read here. Shapes are NIR's: channels first, {@code
 * [channel][row][column]}, and values row-major in that order.
 */
sealed interface NirNode {

  /** Its name in the file's {@code type}. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** Where samples come in, of this shape. */
  record Input(List<Integer> shape) implements NirNode {}

  /** Where spikes go out, of this shape. */
  record Output(List<Integer> shape) implements NirNode {}

  /** y = W x + b, weights {@code [outputs][inputs]}. */
  record Affine(int outputs, int inputs, float[] weight, float[] bias) implements NirNode {}

  /** y = W x, weights {@code [outputs][inputs]}. */
  record Linear(int outputs, int inputs, float[] weight) implements NirNode {}

  /**
   * A convolution (a correlation, as usual): weights {@code [channel out][channel
   * in][row][column]}.
   *
   * @param inputShape rows and columns of its input; null where the file leaves them out
   * @param weightShape the four sizes of the weights
   * @param stride by rows, by columns
   * @param padding by rows, by columns; null where {@code paddingName} says it
   * @param paddingName {@code same} or {@code valid}; null where {@code padding} says it
   * @param dilation by rows, by columns
   */
  record Conv2d(
      List<Integer> inputShape,
      List<Integer> weightShape,
      float[] weight,
      List<Integer> stride,
      List<Integer> padding,
      String paddingName,
      List<Integer> dilation,
      int groups,
      float[] bias)
      implements NirNode {}

  /** Means over windows, each pair by rows and by columns. */
  record AvgPool2d(List<Integer> kernelSize, List<Integer> stride, List<Integer> padding)
      implements NirNode {}

  /** Sums over windows, each pair by rows and by columns. */
  record SumPool2d(List<Integer> kernelSize, List<Integer> stride, List<Integer> padding)
      implements NirNode {}

  /** Dimensions from the first to the last become one; {@code inputType} is null if left out. */
  record Flatten(int startDim, int endDim, List<Integer> inputType) implements NirNode {}

  /**
   * Leaky integrate-and-fire units, of one value each:
   *
   * <pre>
   *   tau dv/dt = v_leak - v + r I;     a spike where v > v_threshold;  then v = v_reset
   * </pre>
   *
   * @param shape of all five
   * @param reset null where the file leaves it out, which means 0
   */
  record LIF(
      List<Integer> shape, float[] tau, float[] r, float[] leak, float[] threshold, float[] reset)
      implements NirNode {}
}
