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

  /** {@link TileKernels#integrateSites}. */
  static void integrateSites(InputPlanes planes, int at, TiledLayer layer, int tile, float[] z) {
    int width = layer.width;
    for (int site = 0; site < planes.columns; site++) {
      for (int lane = 0; lane < width; lane++) {
        z[site * width + lane] = layer.biases[tile * width + lane] + 0f;
      }
      for (int f = 0; f < planes.taps.length; f++) {
        float x = planes.values[at + planes.taps[f] + site];
        if (x != 0f) {
          PlainKernels.accumulate(x, layer.weights, layer.row(tile, f), width, z, site * width);
        }
      }
    }
  }

  /** {@link TileKernels#addSites}. */
  static void addSites(
      InputPlanes planes,
      LearningSites sites,
      int first,
      int end,
      Credit credit,
      int tile,
      float[] sums,
      int sumsAt,
      int apart) {
    int offset = tile * credit.tileStride();
    for (int f = first; f < end; f++) {
      int sum = sumsAt + (f - first) * apart;
      for (int k = 0; k < sites.count; k++) {
        float x = planes.values[sites.inputAt[k] + planes.taps[f]];
        int place = offset + sites.place[k];
        PlainKernels.accumulate(x, credit.values, place, credit.width, sums, sum);
      }
    }
  }

  /** {@link TileKernels#countNotZero}. */
  static int countNotZero(float[] values, int at, int count) {
    int found = 0;
    for (int k = at; k < at + count; k++) {
      found += values[k] != 0f ? 1 : 0;
    }
    return found;
  }
}
