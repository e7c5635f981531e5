package org.raphe.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.network.InputShape;

class SamplesTest {
  private static final InputShape SHAPE = new InputShape(1, 3, 1);

  private static Samples features(float[] features, int... labels) {
    return Samples.ofFeatures("given", SHAPE, 3, features, labels);
  }

  private static Samples pixels(byte[] pixels, int... labels) {
    return Samples.ofPixels("given", SHAPE, 3, pixels, labels);
  }

  private static float[] sixFeatures() {
    return new float[] {1f, 2f, -3f, 0f, 0.5f, 1e30f};
  }

  private static byte[] sixPixels() {
    return new byte[] {0, 1, 127, -128, -2, -1};
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void featuresThatAreNotFiniteAreRefused(float feature) {
    float[] features = sixFeatures();
    features[5] = feature;
    String message =
        assertThrows(InputException.class, () -> features(features, 0, 1)).getMessage();
    assertEquals(
        "given: feature 2 of sample 1 is " + feature + "; every feature must be a finite number",
        message);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void labelsOutOfRangeAreRefused(int label) {
    String message = "given: label of sample 1 is " + label + ", outside 0..2";
    InputException ofFeatures =
        assertThrows(InputException.class, () -> features(sixFeatures(), 0, label));
    assertEquals(message, ofFeatures.getMessage());
    InputException ofPixels =
        assertThrows(InputException.class, () -> pixels(sixPixels(), 0, label));
    assertEquals(message, ofPixels.getMessage());
  }

  @Test
  void sizesThatDisagreeAreRefused() {
    InputException refusal =
        assertThrows(InputException.class, () -> features(sixFeatures(), 0, 1, 2));
    assertEquals(
        "given: 3 labels of shape 3 need 9 features, but 6 are there", refusal.getMessage());
    assertThrows(InputException.class, () -> pixels(sixPixels(), 0));
    assertThrows(InputException.class, () -> features(new float[0]));
    assertThrows(
        InputException.class,
        () -> Samples.ofPixels("given", SHAPE, 1, sixPixels(), new int[] {0, 0}));
  }

  @Test
  void pixelsAreBytesOver255() {
    byte[] bytes = new byte[256];
    for (int k = 0; k < 256; k++) {
      bytes[k] = (byte) k;
    }
    Samples samples = Samples.ofPixels("given", InputShape.vector(128), 2, bytes, new int[] {0, 1});
    float[] copied = new float[130];
    samples.copyFeatures(1, copied, 2);
    for (int k = 0; k < 256; k++) {
      assertEquals(k / 255f, samples.feature(k / 128, k % 128));
    }
    for (int k = 0; k < 128; k++) {
      assertEquals((128 + k) / 255f, copied[2 + k]);
    }
    assertTrue(samples.hasPixels());
    assertSame(bytes, samples.pixels());
  }

  @Test
  void featuresAreReadWhereTheyStand() {
    Samples samples = features(sixFeatures(), 2, 0);
    assertEquals(-3f, samples.feature(0, 2));
    assertEquals(0.5f, samples.feature(1, 1));
    float[] copied = {9f, 9f, 9f, 9f};
    samples.copyFeatures(1, copied, 1);
    assertEquals(9f, copied[0]);
    assertEquals(0f, copied[1]);
    assertEquals(1e30f, copied[3]);
    assertEquals(2, samples.label(0));
    assertFalse(samples.hasPixels());
    assertThrows(IllegalStateException.class, samples::pixels);
  }

  @Test
  void subsetsTakeSamplesInTheOrderGiven() {
    checkSubset(pixels(sixPixels(), 2, 0));
    checkSubset(features(sixFeatures(), 2, 0));
  }

  private static void checkSubset(Samples samples) {
    Samples subset = samples.subset("chosen", new int[] {1, 0, 1});
    assertEquals(3, subset.size());
    assertEquals("chosen", subset.name());
    assertEquals(samples.hasPixels(), subset.hasPixels());
    int[] source = {1, 0, 1};
    for (int k = 0; k < 3; k++) {
      assertEquals(samples.label(source[k]), subset.label(k));
      for (int input = 0; input < 3; input++) {
        assertEquals(samples.feature(source[k], input), subset.feature(k, input));
      }
    }
  }

  @Test
  void firstTakesFromTheFront() {
    Samples samples = features(sixFeatures(), 2, 0);
    assertSame(samples, samples.first(2));
    assertSame(samples, samples.first(3));
    Samples first = samples.first(1);
    assertEquals(1, first.size());
    assertEquals(2, first.label(0));
    assertEquals(-3f, first.feature(0, 2));
    assertEquals(samples.subset("any name", new int[] {0}).sha256(), first.sha256());
  }

  @Test
  void digestChangesWithEveryBitOfAPixel() {
    String digest = pixels(sixPixels(), 0, 1).sha256();
    assertEquals(digest, pixels(sixPixels(), 0, 1).sha256());
    for (int bit = 0; bit < 48; bit++) {
      byte[] changed = sixPixels();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertNotEquals(digest, pixels(changed, 0, 1).sha256(), "bit " + bit);
    }
  }

  @Test
  void digestChangesWithEveryBitOfAFeature() {
    float[] ones = {1f, 1f, 1f, 1f, 1f, 1f};
    String digest = features(ones, 0, 1).sha256();
    for (int bit = 0; bit < 192; bit++) {
      int bits = Float.floatToRawIntBits(1f) ^ 1 << bit % 32;
      if (Float.isFinite(Float.intBitsToFloat(bits))) {
        float[] changed = ones.clone();
        changed[bit / 32] = Float.intBitsToFloat(bits);
        assertNotEquals(digest, features(changed, 0, 1).sha256(), "bit " + bit);
      }
    }
  }

  @Test
  void digestChangesWithLabelsClassesAndShape() {
    String digest = pixels(sixPixels(), 0, 1).sha256();
    assertNotEquals(digest, pixels(sixPixels(), 1, 0).sha256());
    assertNotEquals(digest, pixels(sixPixels(), 0, 2).sha256());
    int[] labels = {0, 1};
    assertNotEquals(digest, Samples.ofPixels("given", SHAPE, 4, sixPixels(), labels).sha256());
    InputShape column = new InputShape(3, 1, 1);
    assertNotEquals(digest, Samples.ofPixels("given", column, 3, sixPixels(), labels).sha256());
    assertEquals(digest, Samples.ofPixels("other", SHAPE, 3, sixPixels(), labels).sha256());
  }
}
