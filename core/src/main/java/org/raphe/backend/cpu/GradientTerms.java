package org.raphe.backend.cpu;

import java.util.Arrays;

/** Terms of a gradient: where a site's credits of a step stand in tile 0, and x times the gain. */
final class GradientTerms {
  int[] place = new int[1024];
  float[] factor = new float[1024];
  int count;

  void add(int at, float value) {
    if (count == place.length) {
      place = Arrays.copyOf(place, 2 * count);
      factor = Arrays.copyOf(factor, 2 * count);
    }
    place[count] = at;
    factor[count++] = value;
  }
}
