package org.raphe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.raphe.OneLine.assertFails;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.data.FittedScaling.Kind;
import org.raphe.network.InputShape;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

class FittedScalingTest {
  private static final NamedTensors NONE = new NamedTensors(Map.of());

  private static Samples samples(InputShape shape, float... features) {
    int size = features.length / shape.size();
    return Samples.ofFeatures("t", shape, 2, features, new int[size]);
  }

  private static Samples vectors(int width, float... features) {
    return samples(InputShape.vector(width), features);
  }

  private static float[] all(Samples samples) {
    float[] features = new float[samples.size() * samples.shape().size()];
    for (int k = 0; k < samples.size(); k++) {
      samples.copyFeatures(k, features, k * samples.shape().size());
    }
    return features;
  }

  @Test
  void eachFeatureHasItsOwnRange() {
    Samples train = vectors(2, -1, 100, 3, 300, 0, 200);
    FittedScaling scaling = FittedScaling.of(Kind.MINMAX, train);
    assertArrayEquals(new float[] {0, 0, 1, 1, 0.25f, 0.5f}, all(scaling.apply(train)));
    float[] outside = all(scaling.apply(vectors(2, 7, 0)));
    assertArrayEquals(new float[] {2, -0.5f}, outside, "not cut off");
  }

  @Test
  void eachFeatureHasMeanZeroAndDeviationOne() {
    Samples train = vectors(2, 1, 1e6f, 3, 1e6f + 2, 5, 1e6f + 4);
    float[] scaled = all(FittedScaling.of(Kind.STANDARDISE, train).apply(train));
    float edge = (float) Math.sqrt(1.5);
    assertArrayEquals(new float[] {-edge, -edge, 0, 0, edge, edge}, scaled, 1e-6f);
  }

  /** 0.1 three times has a mean that rounds beside 0.1f: no deviation of 1e-9 may come of it. */
  @Test
  void aFeatureThatNeverChangesIsZeroThere() {
    Samples train = vectors(2, 0.1f, 1, 0.1f, 2, 0.1f, 4);
    for (Kind kind : Kind.values()) {
      float[] scaled = all(FittedScaling.of(kind, train).apply(vectors(2, 0.1f, 1, 1.1f, 1)));
      assertEquals(0f, scaled[0], 1e-7f);
      assertEquals(1f, scaled[2], 1e-6f, "span 1");
    }
  }

  @Test
  void positionsOfAnImageShareOneRange() {
    Samples train = samples(new InputShape(1, 2, 2), 0, 50, 100, 200);
    FittedScaling scaling = FittedScaling.of(Kind.MINMAX, train);
    assertEquals(1, scaling.fitted());
    assertArrayEquals(new float[] {0, 0.25f, 0.5f, 1}, all(scaling.apply(train)));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    FittedScaling scaling = FittedScaling.of(Kind.MINMAX, vectors(2, 0, 0, 1, 1));
    assertFails(InputException.class, () -> scaling.apply(vectors(3, 1, 2, 3)), "3 features", "2");
    assertFails(
        InputException.class,
        () -> FittedScaling.of(Kind.MINMAX, vectors(1, -Float.MAX_VALUE, Float.MAX_VALUE)),
        "feature 0",
        "more than float32 holds");
  }

  @Test
  void whatWasFittedReadsBack() {
    Samples train = vectors(2, -1, 100, 3, 300, 0, 200);
    for (Kind kind : Kind.values()) {
      FeatureScaling fitted = FittedScaling.of(kind, train);
      for (FeatureScaling scaling :
          List.of(
              fitted, fitted.then(new UnitLength()), fitted.then(new Standardization(0.5f, 2f)))) {
        FeatureScaling read = FeatureScaling.parse(scaling.toString(), scaling.fittedValues());
        assertEquals(scaling, read);
        assertArrayEquals(all(scaling.apply(train)), all(read.apply(train)));
      }
      assertEquals(fitted, new FeatureScaling.Raw().then(fitted));
      assertEquals(fitted, fitted.then(new FeatureScaling.Raw()));
    }
    assertEquals(
        "minmax; unit-length",
        FittedScaling.of(Kind.MINMAX, train).then(new UnitLength()).toString());
  }

  private static NamedTensors values(float[] offsets, float... spans) {
    return new NamedTensors(
        Map.of(
            "offset", new Tensor(List.of(offsets.length), offsets),
            "span", new Tensor(List.of(spans.length), spans)));
  }

  @Test
  void otherValuesAreRefused() {
    NamedTensors sound = values(new float[] {1}, 2);
    assertEquals("minmax", FeatureScaling.parse("minmax", sound).toString());
    assertFails(InputException.class, () -> FeatureScaling.parse("minmax", NONE), "offset");
    assertFails(InputException.class, () -> FeatureScaling.parse("raw", sound), "nothing is fit");
    assertFails(
        InputException.class, () -> FeatureScaling.parse("unit-length; minmax", sound), "offset");
    assertFails(InputException.class, () -> FeatureScaling.parse("minmax 1", sound), "no known");
    for (NamedTensors other :
        List.of(
            values(new float[] {1}, 0),
            values(new float[] {1}, Float.NaN),
            values(new float[] {Float.NaN}, 1),
            values(new float[] {1, 2}, 1),
            values(new float[0]))) {
      assertFails(InputException.class, () -> FeatureScaling.parse("standardise", other), "spans");
    }
  }
}
