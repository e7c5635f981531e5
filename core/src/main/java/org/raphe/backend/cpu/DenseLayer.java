package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.learning.OptimizerStep;

/** A dense layer on the CPU. Its gradients are one chain through all samples and steps. */
abstract class DenseLayer extends CpuLayer {
  /**
   * Tiles whose weights fit a core's own cache together, so that they share a sample's expanded
   * input.
   */
  static final int TILE_GROUP = 4;

  private final InputRows[] rows;

  DenseLayer(CpuNetwork owner, int number) {
    super(owner, number);
    rows = new InputRows[owner.workers.count()];
    Arrays.setAll(rows, k -> new InputRows());
  }

  /** Groups of tiles. */
  final int groups() {
    return (weights.tiles + TILE_GROUP - 1) / TILE_GROUP;
  }

  @Override
  final int outputStride() {
    return weights.paddedUnits;
  }

  /** Lists, for learning, where inputs {@code from..to-1} were not 0. */
  abstract void listRows(InputRows range, int from, int to);

  /** Learns the weights of {@code range} in tiles {@code firstTile..endTile-1}, a group. */
  abstract void learnRows(InputRows range, int firstTile, int endTile, OptimizerStep step);

  @Override
  final void answer(int sample, float[] answered) {
    for (int tile = 0; tile < weights.tiles; tile++) {
      credit.answer(tile, sample, answered, tile * weights.width);
    }
  }

  @Override
  final void learnWeights(OptimizerStep step) {
    int ranges = (weights.inputs + InputRows.RANGE - 1) / InputRows.RANGE;
    int groups = groups();
    owner.workers.run(
        ranges * groups,
        (item, worker) -> {
          int from = item / groups * InputRows.RANGE;
          listRows(rows[worker], from, Math.min(weights.inputs, from + InputRows.RANGE));
          int end = Math.min(weights.tiles, (item % groups + 1) * TILE_GROUP);
          int firstTile = item % groups * TILE_GROUP;
          learnRows(rows[worker], firstTile, end, step);
          if (from == 0 && weights.biased) {
            for (int tile = firstTile; tile < end; tile++) {
              owner.kernels.learnBiases(
                  credit, owner.gain(number), owner.count, weights, tile, step);
            }
          }
        });
  }
}
