package org.raphe.continual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.raphe.OneLine.assertFails;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.data.Standardization;
import org.raphe.network.InputShape;

class ExperienceStreamTest {
  private static Samples labelled(String name, int... labels) {
    return Samples.ofFeatures(name, InputShape.vector(1), 3, new float[labels.length], labels);
  }

  private static final Dataset DATASET =
      new Dataset("three", labelled("train", 0, 1, 2, 0, 1, 2, 2), labelled("test", 2, 1, 0, 2));

  @Test
  void everySampleBelongsToItsClassesExperience() {
    ExperienceStream stream = ExperienceStream.of(DATASET, ClassOrder.listed("2, 0,1", 3), 2);
    assertEquals(2, stream.learned().size());
    Experience first = stream.learned().get(0);
    assertEquals(List.of(2, 0), first.classes());
    assertArrayEquals(new int[] {0, 2, 3, 5, 6}, first.train());
    assertArrayEquals(new int[] {0, 3}, first.test().get(0), "class 2");
    assertArrayEquals(new int[] {2}, first.test().get(1), "class 0");
    assertEquals(3, first.testSize());
    Experience last = stream.learned().get(1);
    assertEquals(List.of(1), last.classes(), "the last has what is left");
    assertArrayEquals(new int[] {1, 4}, last.train());
    assertEquals(stream.learned(), stream.tested());
  }

  @Test
  void jointLearnsAllAndTestsTheSame() {
    ExperienceStream stream = ExperienceStream.of(DATASET, ClassOrder.listed("2,0,1", 3), 1);
    ExperienceStream joint = stream.joint(DATASET);
    assertEquals(1, joint.learned().size());
    assertEquals(7, joint.learned().get(0).train().length);
    assertEquals(stream.tested(), joint.tested());
  }

  @Test
  void theSeedDrawsTheOrder() {
    assertEquals(ClassOrder.drawn(10, 1), ClassOrder.drawn(10, 1));
    assertNotEquals(ClassOrder.drawn(10, 1), ClassOrder.drawn(10, 2));
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
        ClassOrder.drawn(10, 3).classes().stream().sorted().toList());
  }

  @Test
  void ordersThatNameNotEveryClassOnceAreRefused() {
    assertFails(InputException.class, () -> ClassOrder.listed("0,1,1", 3), "class 1 twice");
    assertFails(InputException.class, () -> ClassOrder.listed("0,1,1,2", 3), "class 1 twice");
    assertFails(InputException.class, () -> ClassOrder.listed("0,1", 3), "2 classes", "has 3");
    assertFails(InputException.class, () -> ClassOrder.listed("0,1,3", 3), "class 3", "0..2");
    assertFails(InputException.class, () -> ClassOrder.listed("0,1,-1", 3), "class -1", "0..2");
    assertFails(InputException.class, () -> ClassOrder.listed("0,x,2", 3), "\"x\"", "no number");
    assertFails(InputException.class, () -> ClassOrder.listed("", 3), "no number");
    assertFails(InputException.class, () -> new ClassOrder(List.of(1, 1)), "class 1 twice");
    assertFails(
        InputException.class,
        () -> ExperienceStream.of(DATASET, ClassOrder.drawn(4, 1), 1),
        "4 classes",
        "has 3");
  }

  @Test
  void experiencesOfNoClassOrTooManyAreRefused() {
    for (int classes : new int[] {0, -1, 4}) {
      assertFails(
          InputException.class,
          () -> ExperienceStream.of(DATASET, ClassOrder.drawn(3, 1), classes),
          "1..3",
          "not " + classes);
    }
  }

  @Test
  void aClassOfOneSampleIsRefused() {
    Dataset one = new Dataset("one", labelled("train", 0, 0, 1, 2, 2), labelled("test", 0, 1, 2));
    assertFails(
        InputException.class,
        () -> ExperienceStream.of(one, ClassOrder.drawn(3, 1), 1),
        "class 1 of one",
        "1 training",
        "at least 2");
    Dataset untested =
        new Dataset("untested", labelled("train", 0, 0, 1, 1, 2, 2), labelled("test", 0, 1));
    assertFails(
        InputException.class,
        () -> ExperienceStream.of(untested, ClassOrder.drawn(3, 1), 1),
        "class 2 of untested",
        "0 test");
  }

  @Test
  void featuresAreStandardisedByTheTrainingSamplesAlone() {
    Samples train =
        Samples.ofFeatures(
            "train", InputShape.vector(2), 2, new float[] {1, 3, 3, 1}, new int[] {0, 1});
    Samples test =
        Samples.ofFeatures("test", InputShape.vector(2), 2, new float[] {2, 5}, new int[] {1});
    Standardization standard = Standardization.of(train);
    assertEquals(new Standardization(2f, 1f), standard);
    Dataset shown = standard.apply(new Dataset("two", train, test));
    assertEquals(-1f, shown.train().feature(0, 0));
    assertEquals(0f, shown.test().feature(0, 0));
    assertEquals(3f, shown.test().feature(0, 1));
    assertEquals(1, shown.test().label(0));
    Samples same =
        Samples.ofFeatures("same", InputShape.vector(1), 2, new float[] {4, 4}, new int[] {0, 1});
    assertEquals(new Standardization(4f, 1f), Standardization.of(same), "no division by 0");
  }
}
