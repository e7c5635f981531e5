package org.raphe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.raphe.network.InputShape;

class UnitLengthTest {

  private static float[] scaled(float... features) {
    Samples samples =
        Samples.ofFeatures("one", InputShape.vector(features.length), 2, features, new int[1]);
    float[] scaled = new float[features.length];
    new UnitLength().apply(samples).copyFeatures(0, scaled, 0);
    return scaled;
  }

  @Test
  void everySampleHasLengthOneByItself() {
    assertArrayEquals(new float[] {0.6f, 0f, -0.8f}, scaled(3, 0, -4));
    assertArrayEquals(new float[] {1f, 0f}, scaled(7e-30f, 0));
  }

  /** Sums of squares that no float holds. */
  @Test
  void noLengthIsTooLargeOrTooSmall() {
    assertArrayEquals(new float[] {0.6f, 0.8f}, scaled(2.1e38f, 2.8e38f), 1e-6f);
    assertArrayEquals(new float[] {1f}, scaled(Float.MIN_VALUE));
    assertArrayEquals(new float[] {-1f}, scaled(-Float.MAX_VALUE));
  }

  @Test
  void aSampleOfZerosStaysAsItIs() {
    assertArrayEquals(new float[3], scaled(0, 0, 0));
  }

  @Test
  void bothPartsKeepNamesAndLabels() {
    Samples train =
        Samples.ofFeatures("t", InputShape.vector(1), 3, new float[] {2, -3}, new int[] {2, 1});
    Dataset scaled = new UnitLength().apply(new Dataset("both", train, train.first(1)));
    assertEquals("both", scaled.name());
    assertEquals(2, scaled.train().size());
    assertEquals(1, scaled.test().size());
    assertEquals(1, scaled.train().label(1));
    assertEquals(3, scaled.test().classes());
    assertEquals(-1f, scaled.train().feature(1, 0));
  }
}
