package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.Optional;
import java.util.function.Function;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;

/**
 * A convolution, pooled or not: weights [input channel, kernel row, kernel column, channel], bias
 * [channel]. The products, the averages and the way back through them are the engine's own. Rows of
 * arrays are maps, [row][column][channel], as everywhere; the engine takes them as they lie.
 */
final class TrainedConvolution extends TrainedLayer {
  private final Convolution form;

  /** Zeros, as {@link TrainedLayer#place} makes them. */
  TrainedConvolution(NDManager manager, Convolution form, DataType type) {
    super(
        manager,
        new Shape(form.input().channels(), form.kernel(), form.kernel(), form.channels()),
        form.channels(),
        type);
    this.form = form;
  }

  /** The way through an operation of weights and bias, and of the inputs where it goes further. */
  private record Pass(Differentiated operation, NDArray output, boolean further)
      implements LayerPass {
    @Override
    public Returned back(NDArray signal) {
      NDList back = operation.back(signal);
      return new Returned(back.subNDList(0, 2), further ? back.get(2) : null);
    }
  }

  @Override
  LayerPass currents(NDArray x, boolean further, Backpropagation.GradientSum sum) {
    return pass(x, further, map -> map);
  }

  @Override
  LayerPass rates(NDArray x, RateUnits units, boolean further, Backpropagation.GradientSum sum) {
    return pass(x, further, units::emitted);
  }

  private LayerPass pass(NDArray x, boolean further, Function<NDArray, NDArray> after) {
    NDArray[] given = further ? new NDArray[] {weight, bias, x} : new NDArray[] {weight, bias};
    Differentiated operation =
        Differentiated.of(
            leaves -> rows(after.apply(convolved(further ? leaves[2] : x, leaves))), given);
    return new Pass(operation, operation.output(), further);
  }

  private NDArray convolved(NDArray x, NDArray[] parameters) {
    return Conv2d.conv2d(
            maps(x, form.input()),
            parameters[0].transpose(3, 0, 1, 2),
            parameters[1],
            square(form.stride()),
            square(form.padding()),
            square(1))
        .singletonOrThrow();
  }

  @Override
  Optional<Differentiated> pooled(NDArray emitted) {
    return form.pooled()
        ? Optional.of(
            Differentiated.of(leaves -> rows(averages(maps(leaves[0], form.map()))), emitted))
        : Optional.empty();
  }

  /** Of each 2 x 2 places; of an odd number of rows or columns the last is left out. */
  private static NDArray averages(NDArray maps) {
    Shape places = square(Convolution.POOL);
    return Pool.avgPool2d(maps, places, places, square(0), false, true);
  }

  /** A view: [rows, N] as [rows, channel, row, column]. */
  private static NDArray maps(NDArray rows, InputShape shape) {
    return rows.reshape(-1, shape.rows(), shape.columns(), shape.channels()).transpose(0, 3, 1, 2);
  }

  /**
   * [rows, channel, row, column] as [rows, numbers], a view where the engine left channels last.
   */
  private static NDArray rows(NDArray maps) {
    return maps.transpose(0, 2, 3, 1).reshape(maps.getShape().get(0), -1);
  }

  private static Shape square(int side) {
    return new Shape(side, side);
  }
}
