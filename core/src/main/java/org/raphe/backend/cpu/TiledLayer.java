package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.InputException;
import org.raphe.backend.TileLayout;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;

/**
 * One layer's weights on the CPU; of a convolution inputs are those of a unit's window, and units
 * its channels. Units are cut into tiles of {@code width}; a tile's weights stand together, {@code
 * [tile][input][lane]}, so that a tile of a few hundred KB stays in a core's own cache while a
 * batch passes. Lanes past the last unit hold zeros and stay zero.
 */
final class TiledLayer {
  private static final int MAX_SIZE = 1 << 30;
  private static final int[] WIDTHS = {16, 32, 64};

  private final TileLayout layout;

  final int inputs;
  final int units;
  final int width;
  final int tiles;

  /** Units rounded up to whole tiles. */
  final int paddedUnits;

  final boolean biased;

  /** [tile][input][lane]. */
  final float[] weights;

  final float[] firstMoments;
  final float[] secondMoments;

  /** [tile][lane]; zeros that never change where the layer has no biases. */
  final float[] biases;

  final float[] biasFirstMoments;
  final float[] biasSecondMoments;

  /**
   * Rows that ever had a gradient; the others have moments 0, and Adam leaves their weights as they
   * are.
   */
  final boolean[] learned;

  TiledLayer(Layer layer) {
    inputs = layer.fanIn();
    units = layer.channels();
    biased = layer.biased();
    layout = layout(layer);
    width = layout.width();
    tiles = layout.tiles();
    paddedUnits = layout.paddedUnits();
    int size = size(layout);
    weights = new float[size];
    firstMoments = new float[size];
    secondMoments = new float[size];
    biases = new float[paddedUnits];
    biasFirstMoments = new float[paddedUnits];
    biasSecondMoments = new float[paddedUnits];
    learned = new boolean[inputs];
  }

  private static int size(TileLayout layout) {
    if (layout.size() > MAX_SIZE) {
      throw new InputException(
          "a layer of "
              + layout.inputs()
              + " inputs, its units rounded up to "
              + layout.paddedUnits()
              + ", is too large for the CPU backend, which holds at most "
              + MAX_SIZE
              + " weights a layer");
    }
    return (int) layout.size();
  }

  /** How a layer's weights are cut into tiles. */
  static TileLayout layout(Layer layer) {
    return new TileLayout(layer.fanIn(), layer.channels(), widthFor(layer.channels()));
  }

  private static int widthFor(int units) {
    for (int width : WIDTHS) {
      if (units <= width) {
        return width;
      }
    }
    return WIDTHS[WIDTHS.length - 1];
  }

  /** Where the weights of {@code input} in {@code tile} begin. */
  int row(int tile, int input) {
    return layout.row(tile, input);
  }

  /** Where the weight from {@code input} to {@code unit} stands. */
  int at(int unit, int input) {
    return row(unit / width, input) + unit % width;
  }

  /**
   * Whether the weights of {@code input} can change: SGD leaves them without a gradient, and so
   * does Adam while both moments are 0. Tiles may ask at the same time: all give the same answer.
   */
  boolean learns(int input, boolean hasGradient, OptimizerStep step) {
    if (hasGradient) {
      learned[input] = true;
    }
    return switch (step.kind()) {
      case PROBE -> true;
      case SGD -> hasGradient;
      case ADAM -> learned[input];
    };
  }

  void write(LayerParameters parameters) {
    layout.spread(parameters.weights(), weights);
    writeBiases(parameters, biases);
  }

  void writeMoments(LayerParameters first, LayerParameters second) {
    layout.spread(first.weights(), firstMoments);
    layout.spread(second.weights(), secondMoments);
    writeBiases(first, biasFirstMoments);
    writeBiases(second, biasSecondMoments);
    for (int input = 0; input < inputs; input++) {
      learned[input] =
          anyNotZero(first.weights(), input * units) || anyNotZero(second.weights(), input * units);
    }
  }

  /** By bits: a first moment of -0 becomes +0 in the next step, so that its row must learn. */
  private boolean anyNotZero(float[] values, int from) {
    for (int k = from; k < from + units; k++) {
      if (Float.floatToRawIntBits(values[k]) != 0) {
        return true;
      }
    }
    return false;
  }

  private void writeBiases(LayerParameters parameters, float[] target) {
    if (biased) {
      System.arraycopy(parameters.biases(), 0, target, 0, units);
    }
  }

  LayerParameters read() {
    return gather(weights, biases);
  }

  LayerParameters readFirstMoments() {
    return gather(firstMoments, biasFirstMoments);
  }

  LayerParameters readSecondMoments() {
    return gather(secondMoments, biasSecondMoments);
  }

  private LayerParameters gather(float[] tiled, float[] tiledBiases) {
    return new LayerParameters(
        layout.gather(tiled), biased ? Arrays.copyOf(tiledBiases, units) : null);
  }

  /** Begins currents of a tile at {@code z[at + lane]}: the biases, -0 made +0. */
  void beginCurrents(int tile, float[] z, int at) {
    for (int lane = 0; lane < width; lane++) {
      z[at + lane] = biases[tile * width + lane] + 0f;
    }
  }

  /** A K x H table as K x paddedUnits. */
  float[] padRows(float[] table, int rows) {
    return layout.padRows(table, rows);
  }
}
