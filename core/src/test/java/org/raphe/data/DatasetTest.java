package org.raphe.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.network.InputShape;

class DatasetTest {

  private static Samples samples(int features, int classes, float first) {
    float[] values = new float[features];
    values[0] = first;
    return Samples.ofFeatures("given", InputShape.vector(features), classes, values, new int[] {0});
  }

  @Test
  void shapesAndClassesMustAgree() {
    Samples train = samples(3, 2, 1f);
    InputException shape =
        assertThrows(InputException.class, () -> new Dataset("digits", train, samples(4, 2, 1f)));
    assertTrue(shape.getMessage().startsWith("digits: "), shape.getMessage());
    assertThrows(InputException.class, () -> new Dataset("digits", train, samples(3, 3, 1f)));
  }

  @Test
  void digestCoversTrainingAndTestSamplesInOrder() {
    Samples one = samples(3, 2, 1f);
    Samples two = samples(3, 2, 2f);
    String digest = new Dataset("digits", one, two).sha256();
    assertEquals(digest, new Dataset("other name", samples(3, 2, 1f), two).sha256());
    assertNotEquals(digest, new Dataset("digits", two, one).sha256());
    assertNotEquals(digest, new Dataset("digits", one, one).sha256());
    assertNotEquals(digest, new Dataset("digits", two, two).sha256());
  }

  @Test
  void classesAreNumberedUnlessTheyAreNamed() {
    Dataset numbered = new Dataset("digits", samples(3, 2, 1f), samples(3, 2, 2f));
    assertEquals(ClassNames.numbered(2), numbered.classNames());
    ClassNames names = new ClassNames(List.of("odd", "even"));
    Dataset named = numbered.withClassNames(names);
    assertEquals(names, ValidationSplit.of(named.withSamples(two(), two()), 1, 1).classNames());
    assertEquals(names, new UnitLength().apply(named).classNames());
    assertEquals(numbered.sha256(), named.sha256());
    ClassNames three = ClassNames.numbered(3);
    assertThrows(InputException.class, () -> numbered.withClassNames(three));
  }

  private static Samples two() {
    return Samples.ofFeatures("two", InputShape.vector(3), 2, new float[6], new int[] {0, 1});
  }
}
