package org.raphe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.network.InputShape;

class ClassNamesTest {
  private static final ClassNames ANIMALS = new ClassNames(List.of("ape", "cat", "dog"));

  private static ClassNames names(String... names) {
    return new ClassNames(List.of(names));
  }

  @Test
  void wholeNumbersAreOrderedByValueAndOthersByCharacter() {
    ClassNames numbers = ClassNames.of(List.of("10", "9", "010", "-1"));
    assertEquals(List.of("-1", "9", "10"), numbers.names());
    assertArrayEquals(new int[] {2, 2, 0, -1}, numbers.numbers(List.of("010", "10", "-1", "x")));
    ClassNames texts = ClassNames.of(List.of("9", "10", "a"));
    assertEquals(List.of("10", "9", "a"), texts.names());
    assertArrayEquals(new int[] {-1, 1}, texts.numbers(List.of("09", "9")));
  }

  @Test
  void everyClassHasAnotherName() {
    assertFails(InputException.class, () -> names("a", "b", "a"), "two classes are called \"a\"");
    assertFails(InputException.class, () -> names("a", " "), "no name");
    assertTrue(ClassNames.numbered(3).areNumbers());
    assertFalse(names("0", "2").areNumbers());
  }

  private static Samples labelled(int classes, int... labels) {
    return Samples.ofFeatures("s", InputShape.vector(1), classes, new float[labels.length], labels);
  }

  /** Without its first folder, the classes of a data set have other numbers than in training. */
  @Test
  void aDataSetWithoutAClassIsMatchedByName() {
    ClassMatch match = ClassMatch.of("new", names("cat", "dog"), ANIMALS);
    Samples shown = match.apply(labelled(2, 0, 1, 1));
    assertEquals(3, shown.classes());
    assertEquals(1, shown.label(0));
    assertEquals(2, shown.label(2));
    assertEquals("new has no class ape, which the model knows", match.note("new"));
    assertNull(ClassMatch.of("new", names("dog", "ape", "cat"), ANIMALS).note("new"));
  }

  @Test
  void aClassThatTheModelDoesNotKnowIsRefused() {
    assertFails(
        InputException.class,
        () -> ClassMatch.of("new", names("ape", "kat", "dog"), ANIMALS),
        "new has the class kat",
        "which knows ape, cat, dog");
    assertFails(
        InputException.class,
        () -> ClassMatch.of("new", ClassNames.numbered(4), ANIMALS),
        "0, 1, 2, 3");
    assertFails(
        InputException.class,
        () -> ClassMatch.of("new", names("cat", "dog"), ClassNames.numbered(3)),
        "cat, dog");
    assertFails(
        InputException.class, () -> ClassMatch.of("new", names("1", "2", "3"), ANIMALS), "1, 2, 3");
  }

  @Test
  void whereOneSideHasNoNamesNumbersAreMatchedAndThatIsSaid() {
    ClassMatch data = ClassMatch.of("new", ClassNames.numbered(2), ANIMALS);
    assertArrayEquals(new int[] {0, 1}, data.numbers());
    assertEquals(
        "classes of new and the model are matched by number: those of new have no names; new has no class dog",
        data.note("new"));
    ClassMatch model = ClassMatch.of("new", ANIMALS, ClassNames.numbered(3));
    assertArrayEquals(new int[] {0, 1, 2}, model.numbers());
    assertEquals(
        "classes of new and the model are matched by number: those of the model have no names",
        model.note("new"));
  }
}
