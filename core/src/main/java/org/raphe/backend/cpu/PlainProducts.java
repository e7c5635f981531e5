package org.raphe.backend.cpu;

/** The loops of convolutions in plain Java. */
final class PlainProducts {
  private PlainProducts() {}

  /** {@link TileKernels#integrateEvents}. */
  static void integrate(WindowEvents events, TiledLayer layer, int tile, float[] z) {
    int width = layer.width;
    for (int t = 0; t + 1 < events.starts.length; t++) {
      for (int lane = 0; lane < width; lane++) {
        z[t * width + lane] = layer.biases[tile * width + lane] + 0f;
      }
      for (int k = events.starts[t]; k < events.starts[t + 1]; k++) {
        int row = layer.row(tile, events.ids[k]);
        PlainKernels.accumulate(events.x[k], layer.weights, row, width, z, t * width);
      }
    }
  }

  /** {@link TileKernels#addTerms}. */
  static void addTerms(
      GradientTerms terms,
      int from,
      int to,
      float[] values,
      int offset,
      int width,
      float[] sum,
      int sumAt) {
    for (int k = from; k < to; k++) {
      PlainKernels.accumulate(terms.factor[k], values, offset + terms.place[k], width, sum, sumAt);
    }
  }

  /** {@link TileKernels#addProducts}. */
  static void add(
      int inputs,
      int[] xAt,
      int first,
      int[] place,
      int count,
      float[] x,
      float[] values,
      int offset,
      int width,
      float[] sums,
      int sumAt,
      int apart) {
    for (int input = 0; input < inputs; input++) {
      for (int k = 0; k < count; k++) {
        float factor = x[xAt[k] + first + input];
        PlainKernels.accumulate(
            factor, values, offset + place[k], width, sums, sumAt + input * apart);
      }
    }
  }
}
