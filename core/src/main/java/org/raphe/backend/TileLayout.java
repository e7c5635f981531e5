package org.raphe.backend;

/**
 * Weights of a dense layer cut into tiles of units: {@code [tile][input][lane]}, so that a tile's
 * weights stand together. Lanes past the last unit hold zeros.
 *
 * @param inputs N
 * @param units H
 * @param width units of a tile
 */
public record TileLayout(int inputs, int units, int width) {

  /** Number of tiles. */
  public int tiles() {
    return (units + width - 1) / width;
  }

  /** Units rounded up to whole tiles. */
  public int paddedUnits() {
    return tiles() * width;
  }

  /** Numbers that the tiles hold: paddedUnits x inputs. */
  public long size() {
    return (long) paddedUnits() * inputs;
  }

  /** Where the weights of {@code input} in {@code tile} begin. */
  public int row(int tile, int input) {
    return (tile * inputs + input) * width;
  }

  /** Copies {@code [input][unit]} to {@code [tile][input][lane]}. */
  public void spread(float[] inputMajor, float[] tiled) {
    for (int tile = 0; tile < tiles(); tile++) {
      int first = tile * width;
      int count = Math.min(width, units - first);
      for (int input = 0; input < inputs; input++) {
        System.arraycopy(inputMajor, input * units + first, tiled, row(tile, input), count);
      }
    }
  }

  /** {@code [tile][input][lane]} as {@code [input][unit]}. */
  public float[] gather(float[] tiled) {
    float[] inputMajor = new float[inputs * units];
    for (int tile = 0; tile < tiles(); tile++) {
      int first = tile * width;
      int count = Math.min(width, units - first);
      for (int input = 0; input < inputs; input++) {
        System.arraycopy(tiled, row(tile, input), inputMajor, input * units + first, count);
      }
    }
    return inputMajor;
  }

  /** A table of {@code rows} x units as rows x {@link #paddedUnits}. */
  public float[] padRows(float[] table, int rows) {
    float[] padded = new float[rows * paddedUnits()];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(table, row * units, padded, row * paddedUnits(), units);
    }
    return padded;
  }
}
