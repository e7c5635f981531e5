package org.raphe.tensor;

import java.util.List;

/**
 * What a tensor is before it holds anything.
 *
 * @param name its name in a state or a file
 * @param shape its dimensions, outermost first
 */
public record TensorSpec(String name, List<Integer> shape) {

  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** The same under a longer name. */
  public TensorSpec prefixed(String prefix) {
    return new TensorSpec(prefix + name, shape);
  }

  /** Numbers that it holds. */
  public int size() {
    int size = 1;
    for (int side : shape) {
      size = Math.multiplyExact(size, side);
    }
    return size;
  }

  /** A tensor of zeros of this shape. */
  public Tensor zeros() {
    return new Tensor(shape, new float[size()]);
  }
}
