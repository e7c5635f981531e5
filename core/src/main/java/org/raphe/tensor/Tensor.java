package org.raphe.tensor;

import java.util.List;

/**
 * A named block of float32 in a safetensors file.
 *
 * @param shape its dimensions, outermost first
 * @param values row-major
 */
public record Tensor(List<Integer> shape, float[] values) {

  public Tensor {
    shape = List.copyOf(shape);
    long size = 1;
    for (int side : shape) {
      size = Math.multiplyExact(size, side);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " does not hold " + values.length + " values");
    }
  }
}
