package org.raphe.backend.cpu;

/**
 * The credits c_t = D_t phi'(z_t) of a layer's units for a batch (ALGORITHM section 4), and for
 * each tile the steps at which any of its units has one.
 */
final class Credit {
  final int steps;
  final int words;
  final int width;
  private final int batch;

  /** [tile][sample][step][lane]; steps that are not alive are not written. */
  final float[] values;

  /** [tile][sample][word]: bit t is set iff a unit of the tile has a credit at step t. */
  final int[] alive;

  Credit(TiledLayer layer, int batch, int steps) {
    this.steps = steps;
    this.batch = batch;
    width = layer.width;
    words = (steps + 31) / 32;
    values = new float[Math.multiplyExact(Math.multiplyExact(layer.paddedUnits, batch), steps)];
    alive = new int[Math.multiplyExact(Math.multiplyExact(layer.tiles, batch), words)];
  }

  /** Where the credits of step 0, lane 0 are. */
  int at(int tile, int sample) {
    return (tile * batch + sample) * steps * width;
  }

  /** Where the first word of steps alive is. */
  int aliveAt(int tile, int sample) {
    return (tile * batch + sample) * words;
  }
}
