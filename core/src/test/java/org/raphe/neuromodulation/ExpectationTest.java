package org.raphe.neuromodulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.raphe.InputException;

class ExpectationTest {

  @Test
  void tenClassesHaveThePublishedRows() {
    int[] lower = {18, 15, 13, 11, 9, 8, 7, 5, 3, 0};
    Expectation expectation = new Expectation(10);
    assertEquals(20, expectation.rows());
    for (int c = 0; c < 10; c++) {
      float[] vector = new float[20];
      vector[lower[c]] = 0.5f;
      vector[lower[c] + 1] = 0.5f;
      assertEquals(lower[c], expectation.lowerRow(c), "class " + c);
      assertArrayEquals(vector, expectation.vector(c), "class " + c);
    }
  }

  @Test
  void everyClassOpensTwoNeighbouringRowsByOneHalf() {
    for (int classes = 2; classes <= 100; classes++) {
      Expectation expectation = new Expectation(classes);
      assertEquals(2 * classes - 2, expectation.lowerRow(0), "the first class has the last rows");
      assertEquals(0, expectation.lowerRow(classes - 1), "the last class has the first rows");
      for (int c = 0; c < classes; c++) {
        checkVector(expectation, c);
      }
    }
  }

  private static void checkVector(Expectation expectation, int c) {
    int lower = expectation.lowerRow(c);
    assertTrue(lower >= 0 && lower + 1 < expectation.rows());
    assertTrue(c == 0 || lower <= expectation.lowerRow(c - 1), "rows fall with the class");
    float sum = 0f;
    for (float entry : expectation.vector(c)) {
      sum += entry;
    }
    assertEquals(1f, sum);
    assertEquals(0.5f, expectation.vector(c)[lower]);
    assertEquals(0.5f, expectation.vector(c)[lower + 1]);
  }

  @Test
  void fewerThanTwoClassesAreRefused() {
    assertThrows(InputException.class, () -> new Expectation(1));
    assertThrows(InputException.class, () -> new Expectation(-1));
  }
}
