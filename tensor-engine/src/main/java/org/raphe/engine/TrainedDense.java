package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.raphe.network.Layer;

/** A dense layer: weights [N, H], bias [H]; the way back by its formulas. */
final class TrainedDense extends TrainedLayer {

  /** Zeros, as {@link TrainedLayer#place} makes them. */
  TrainedDense(NDManager manager, Layer shape, DataType type) {
    super(manager, new Shape(shape.inputs(), shape.units()), shape.units(), type);
  }

  /** The way through the weights alone. */
  private final class Currents implements LayerPass {
    private final NDArray x;
    private final boolean further;
    private final Backpropagation.GradientSum sum;
    private final NDArray z;

    Currents(NDArray x, boolean further, Backpropagation.GradientSum sum) {
      this.x = x;
      this.further = further;
      this.sum = sum;
      z = x.matMul(weight).addi(bias);
    }

    @Override
    public NDArray output() {
      return z;
    }

    @Override
    public Returned back(NDArray credit) {
      return new Returned(sum.of(x, credit), further ? carryBack(credit) : null);
    }
  }

  /** The way through weights and units. */
  private record Rates(LayerPass currents, RateUnits units, NDArray output) implements LayerPass {
    @Override
    public Returned back(NDArray signal) {
      return currents.back(signal.muli(units.slope(output)));
    }
  }

  @Override
  LayerPass currents(NDArray x, boolean further, Backpropagation.GradientSum sum) {
    return new Currents(x, further, sum);
  }

  @Override
  LayerPass rates(NDArray x, RateUnits units, boolean further, Backpropagation.GradientSum sum) {
    LayerPass currents = currents(x, further, sum);
    return new Rates(currents, units, units.emitted(currents.output()));
  }

  /** D W^T: errors [rows, H] of the units give [rows, N] of their inputs. */
  private NDArray carryBack(NDArray credit) {
    try (NDArray transposed = weight.transpose()) {
      return credit.matMul(transposed);
    }
  }

  /** x^T D, [N, H], and the sum of D over its rows, [H]. */
  static NDList gradients(NDArray x, NDArray credit) {
    try (NDArray transposed = x.transpose()) {
      return new NDList(transposed.matMul(credit), credit.sum(new int[] {0}));
    }
  }
}
