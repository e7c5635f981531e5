package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;

/**
 * Elastic weight consolidation (Kirkpatrick et al. 2017): experiences e that are past hold each
 * parameter w to where they left it, w_e, by its Fisher information F_e.
 *
 * <pre>
 *   penalty    lambda/2 sum_e F_e (w - w_e)^2 = lambda/2 F (w - a)^2 + a constant
 *   F          sum_e F_e
 *   a          sum_e F_e w_e / F, the anchor
 *   gradient   lambda F (w - a)
 * </pre>
 *
 * <p>F and a say all of past experiences, so that nothing grows with their number. The anchor is
 * carried on by a &lt;- a + F_e / F (w_e - a); the first is w_1 itself. Where F is 0 it is 0.
 */
final class ElasticConsolidation {
  /** What F is at least divided by: where it is 0, so is F_e. */
  private static final float LEAST_DIVISOR = Float.MIN_NORMAL;

  private final double lambda;
  private final List<Held> layers;
  private long samples;

  /** F and a of a layer's weights and bias, in shapes and type of the layer. */
  private record Held(NDList fisher, NDList anchor) {
    static Held zeros(TrainedLayer layer) {
      NDManager manager = layer.weight.getManager();
      return new Held(layer.zeros(manager), layer.zeros(manager));
    }
  }

  /**
   * No experience is past.
   *
   * @param shapes the layers that are held, in whose manager F and a live
   */
  ElasticConsolidation(double lambda, List<TrainedLayer> shapes) {
    this.lambda = lambda;
    layers = shapes.stream().map(Held::zeros).toList();
  }

  /** Lends the arrays to a batch, so that results of operations on them end with it. */
  void lendTo(NDManager batch) {
    for (Held held : layers) {
      batch.tempAttachAll(held.fisher().toArray(new NDArray[0]));
      batch.tempAttachAll(held.anchor().toArray(new NDArray[0]));
    }
  }

  /** Samples of all past experiences, over which F was measured; 0 before the first has ended. */
  long samples() {
    return samples;
  }

  /** Adds the penalty's gradient to those of the loss, once an experience is past. */
  void addPenalty(List<TrainedLayer> parameters, List<NDList> gradients) {
    if (samples == 0) {
      return;
    }
    for (int layer = 0; layer < layers.size(); layer++) {
      Held held = layers.get(layer);
      NDList now = parameters.get(layer).parameters();
      for (int part = 0; part < now.size(); part++) {
        try (NDArray pull = now.get(part).sub(held.anchor().get(part))) {
          pull.muli(held.fisher().get(part)).muli(lambda);
          gradients.get(layer).get(part).addi(pull);
        }
      }
    }
  }

  /**
   * An experience is past.
   *
   * @param parameters what it left
   * @param squares for each layer's weight and bias the sum of its samples' squared gradients of
   *     the log-likelihood; F_e is their mean. Overwritten
   * @param count its samples
   */
  void add(List<TrainedLayer> parameters, List<NDList> squares, long count) {
    for (int layer = 0; layer < layers.size(); layer++) {
      Held held = layers.get(layer);
      NDList left = parameters.get(layer).parameters();
      for (int part = 0; part < left.size(); part++) {
        NDArray own = squares.get(layer).get(part).divi(count);
        NDArray fisher = held.fisher().get(part).addi(own);
        NDArray anchor = held.anchor().get(part);
        try (NDArray divisor = fisher.maximum(LEAST_DIVISOR);
            NDArray way = left.get(part).sub(anchor)) {
          anchor.addi(way.muli(own.divi(divisor)));
        }
      }
    }
    samples += count;
  }

  /** Takes up F and a as they were read. */
  void write(Parameters fisher, Parameters anchors, long measuredOn) {
    for (int layer = 0; layer < layers.size(); layer++) {
      set(layers.get(layer).fisher(), fisher.layers().get(layer));
      set(layers.get(layer).anchor(), anchors.layers().get(layer));
    }
    samples = measuredOn;
  }

  private static void set(NDList target, LayerParameters values) {
    TrainedArray.set(target.get(0), values.weights());
    TrainedArray.set(target.get(1), values.biases());
  }

  /** F. */
  Parameters fisher() {
    return read(Held::fisher);
  }

  /** a. */
  Parameters anchors() {
    return read(Held::anchor);
  }

  private Parameters read(Function<Held, NDList> part) {
    List<LayerParameters> all = new ArrayList<>();
    for (Held held : layers) {
      NDList values = part.apply(held);
      all.add(new LayerParameters(values.get(0).toFloatArray(), values.get(1).toFloatArray()));
    }
    return new Parameters(all);
  }
}
