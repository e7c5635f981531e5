package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stripes are joined in the written order: terms of very different size make any other show. */
class StripeSumsTest {
  private static final int SIZE = 37;

  @Test
  void stripesAreJoinedEightFourTwoOne() {
    SplittableRandom random = new SplittableRandom(3);
    float[][] stripes = new float[ConvolutionLayer.STRIPES][SIZE];
    for (float[] stripe : stripes) {
      for (int k = 0; k < SIZE; k++) {
        stripe[k] = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-12, 12)));
      }
    }
    StripeSums sums = new StripeSums(SIZE + 3);
    for (int batch = 0; batch < 2; batch++) {
      for (int place = 0; place < stripes.length; place++) {
        float[] own = sums.begin(SIZE);
        for (int k = 0; k < SIZE; k++) {
          assertEquals(0f, own[k], "begins at 0");
          own[k] += stripes[StripeSums.stripe(place)][k];
        }
        sums.end(place, SIZE);
      }
      float[] joined = sums.take();
      for (int k = 0; k < SIZE; k++) {
        assertEquals(joined(stripes, k), joined[k], "gradient " + k);
      }
    }
  }

  private static float joined(float[][] stripes, int k) {
    float[] g = new float[stripes.length];
    for (int q = 0; q < g.length; q++) {
      g[q] = stripes[q][k];
    }
    for (int half = 8; half > 0; half /= 2) {
      for (int q = 0; q < half; q++) {
        g[q] = g[q] + g[q + half];
      }
    }
    return g[0];
  }

  @Test
  void everyStripeComesOnce() {
    TreeSet<Integer> stripes = new TreeSet<>();
    IntStream.range(0, 16).forEach(place -> stripes.add(StripeSums.stripe(place)));
    assertEquals(16, stripes.size());
    assertEquals(15, stripes.last());
    assertEquals(8, StripeSums.stripe(1));
  }
}
