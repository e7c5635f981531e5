package org.raphe.backend.cpu;

/** Currents, and gradients of convolutions, in plain Java. */
final class PlainProducts {
  private PlainProducts() {}

  /** {@link TileKernels#integrate}. */
  static void integrate(
      float[] x,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      float[] z) {
    int width = layer.width;
    for (int column = 0; column < columns; column++) {
      layer.beginCurrents(tile, z, column * width);
      for (int k = 0; k < count; k++) {
        float value = x[k * columns + column];
        if (value != 0f) {
          int row = layer.row(tile, ids[idsAt + k]);
          PlainKernels.accumulate(value, layer.weights, row, width, z, column * width);
        }
      }
    }
  }

  /** {@link TileKernels#integrateSamples}. */
  static void integrateSamples(
      SampleGroup group, int from, int to, TiledLayer layer, int tile, float[] z, int zAt) {
    int width = layer.width;
    for (int sample = 0; sample < SampleGroup.SIZE; sample++) {
      for (int k = from; k < to; k++) {
        float value = group.x[k * SampleGroup.SIZE + sample];
        if (value != 0f) {
          int row = layer.row(tile, group.ids[k]);
          PlainKernels.accumulate(value, layer.weights, row, width, z, zAt + sample * width);
        }
      }
    }
  }

  /** {@link TileKernels#integrateEvents}. */
  static void integrate(WindowEvents events, TiledLayer layer, int tile, float[] z) {
    int width = layer.width;
    for (int t = 0; t + 1 < events.starts.length; t++) {
      layer.beginCurrents(tile, z, t * width);
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
  static void integrateSites(
      InputPlanes planes, int sample, int row, TiledLayer layer, int tile, float[] z) {
    int at = planes.at(sample, row);
    int width = layer.width;
    for (int site = 0; site < planes.columns; site++) {
      layer.beginCurrents(tile, z, site * width);
      for (int f : planes.inside(row)) {
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
