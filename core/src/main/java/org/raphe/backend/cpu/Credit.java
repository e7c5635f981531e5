package org.raphe.backend.cpu;

import java.util.Arrays;

/**
 * The credits c_t = D_t phi'(z_t) of a layer's units for a batch (docs/ALGORITHM.md, section 4),
 * and for each tile the steps at which any of its units has one. A sample here is a site of a
 * sample where a layer has several.
 */
final class Credit {
  final int steps;
  final int words;
  final int width;
  private final int batch;

  /** [tile][sample][step][lane]; steps that are not alive are not written. */
  final float[] values;

  /**
   * [tile][sample][word]: bit t is set iff a unit of the tile, or of its group once united, has a
   * credit at step t.
   */
  final int[] alive;

  Credit(TiledLayer layer, int batch, int steps) {
    this.steps = steps;
    this.batch = batch;
    width = layer.width;
    words = (steps + 31) / 32;
    values = new float[Math.multiplyExact(Math.multiplyExact(layer.paddedUnits, batch), steps)];
    alive = new int[Math.multiplyExact(Math.multiplyExact(layer.tiles, batch), words)];
  }

  /**
   * Makes the tiles of a group share their living steps in {@code sample}, so that a row's terms
   * are listed once for all of them: rows of steps that live in another tile only are filled with
   * zeros, which add nothing.
   */
  void unite(int firstTile, int endTile, int sample) {
    for (int word = 0; word < words; word++) {
      int union = 0;
      for (int tile = firstTile; tile < endTile; tile++) {
        union |= alive[aliveAt(tile, sample) + word];
      }
      for (int tile = firstTile; tile < endTile; tile++) {
        int missing = union & ~alive[aliveAt(tile, sample) + word];
        for (; missing != 0; missing &= missing - 1) {
          int t = word * 32 + Integer.numberOfTrailingZeros(missing);
          int row = at(tile, sample) + t * width;
          Arrays.fill(values, row, row + width, 0f);
        }
        alive[aliveAt(tile, sample) + word] = union;
      }
    }
  }

  /**
   * Multiplies a tile's credits of a sample, made for a signal of 1, by its units' signals.
   *
   * @param signal of the tile's units, [signalAt + lane]
   */
  void answer(int tile, int sample, float[] signal, int signalAt) {
    for (int word = 0; word < words; word++) {
      int living = alive[aliveAt(tile, sample) + word];
      for (; living != 0; living &= living - 1) {
        int row = at(tile, sample) + (word * 32 + Integer.numberOfTrailingZeros(living)) * width;
        for (int lane = 0; lane < width; lane++) {
          values[row + lane] = signal[signalAt + lane] * values[row + lane];
        }
      }
    }
  }

  /** Where the credits of step 0, lane 0 are. */
  int at(int tile, int sample) {
    return (tile * batch + sample) * steps * width;
  }

  /** From a tile's credits to the next tile's. */
  int tileStride() {
    return batch * steps * width;
  }

  /** Where the first word of steps alive is. */
  int aliveAt(int tile, int sample) {
    return (tile * batch + sample) * words;
  }
}
