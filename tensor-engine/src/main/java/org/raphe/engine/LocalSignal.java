package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.rule.Signal;

/**
 * The signal G of a layer that no error from above reaches, by the formulas of {@link Signal}. Of a
 * batch, summed over its samples as under the local rule alone.
 */
final class LocalSignal {
  private final Signal signal;

  /** S, B, or Q transposed, [K, width]; null where there is none, or a head learns. */
  private final NDArray table;

  /** A head that learns: Q transposed and the bias, [K, width + 1]; else null. */
  private final TrainedArray head;

  private final int width;
  private NDArray headGradient;

  /** The signal of a hidden layer, in the manager. */
  LocalSignal(NDManager manager, Placement placement, Signal signal, int layer) {
    this.signal = signal;
    NetworkSpec network = placement.network();
    Layer shape = network.layers().get(layer);
    boolean learned = signal instanceof Signal.HeadError error && error.learned();
    width = signal instanceof Signal.OfOutputs own ? own.width(shape) : shape.units();
    Shape form = new Shape(network.classes(), width);
    head =
        learned
            ? new TrainedArray(manager, new Shape(network.classes(), width + 1L), DataType.FLOAT32)
            : null;
    if (signal instanceof Signal.OfClass known) {
      table = manager.create(known.table(network, layer, placement.seed()), form);
    } else if (signal instanceof Signal.OfOutputs own && !learned) {
      table = manager.create(own.feedback(network, layer, placement.seed()), form);
    } else {
      table = null;
    }
  }

  /** Whether the layer learns at all. */
  boolean teaches() {
    return !(signal instanceof Signal.None);
  }

  /** Whether r and G are of what the layer hands on, averages perhaps; else of its units. */
  boolean judgesOutputs() {
    return signal instanceof Signal.OfOutputs own && own.judgesOutputs();
  }

  /** Null where no head learns. */
  TrainedArray head() {
    return head;
  }

  /** Lends the arrays to a batch. */
  void lendTo(NDManager batch) {
    if (table != null) {
      batch.tempAttachAll(table);
    }
    if (head != null) {
      head.lendTo(batch);
    }
  }

  /**
   * G, [B, width].
   *
   * @param own r, [B, width]
   * @param outputs y of the read-out, [B, K]
   * @param onehot [B, K]
   */
  NDArray of(NDArray own, NDArray outputs, NDArray onehot) {
    if (signal instanceof Signal.OfClass) {
      return onehot.matMul(table);
    }
    if (signal instanceof Signal.FadingReward) {
      return onehot.matMul(table).subi(own.mul(Signal.FadingReward.FADING));
    }
    if (signal instanceof Signal.OutputError) {
      return outputs.sub(onehot).matMul(table);
    }
    if (signal instanceof Signal.HeadError error) {
      return headError(error, own, onehot);
    }
    throw new IllegalStateException("no signal " + signal + " on the engine");
  }

  private NDArray headError(Signal.HeadError error, NDArray own, NDArray onehot) {
    NDList parts = head == null ? null : head.values.split(new long[] {width}, 1);
    NDArray projection = parts == null ? table : parts.get(0);
    NDArray judged = own.matMul(projection.transpose());
    if (parts != null) {
      judged.addi(parts.get(1).reshape(-1));
    }
    NDArray errors = judged.muli(error.sharpness()).softmax(1).subi(onehot);
    if (head != null) {
      NDArray ofBias = errors.sum(new int[] {0}).reshape(-1, 1);
      headGradient = NDArrays.concat(new NDList(errors.transpose().matMul(own), ofBias), 1);
    }
    return errors.matMul(projection);
  }

  /** The head's step from the batch whose signal was made last. */
  void learn(OptimizerStep step) {
    if (head != null) {
      head.update(headGradient, step);
      headGradient = null;
    }
  }
}
