package org.raphe.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

class InputShapeTest {

  @Test
  void sizeIsTheProduct() {
    assertEquals(60, new InputShape(3, 4, 5).size());
    assertEquals(new InputShape(1, 900, 1), InputShape.vector(900));
    assertEquals(InputShape.MAX_SIZE, new InputShape(4096, 4096, 1).size());
  }

  @Test
  void vectorsAreWrittenAsOneNumber() {
    assertEquals("900", InputShape.vector(900).toString());
    assertEquals("28x28x1", new InputShape(28, 28, 1).toString());
    assertEquals("1x4x3", new InputShape(1, 4, 3).toString());
  }

  /** The last two products are 0 and 1 modulo 2^32. */
  @ParameterizedTest
  @CsvSource({
    "0,1,1",
    "1,0,1",
    "1,1,0",
    "-1,1,1",
    "-2,-2,1",
    "16777217,1,1",
    "4096,4096,2",
    "65536,65536,1",
    "2147483647,2147483647,1"
  })
  void unusableShapesAreRefused(int rows, int columns, int channels) {
    InputException refusal =
        assertThrows(InputException.class, () -> new InputShape(rows, columns, channels));
    String shape = rows + "x" + columns + "x" + channels;
    assertTrue(refusal.getMessage().contains(shape), refusal.getMessage());
  }

  /** In 64 bits the first product is 2^62; the others overflow to 0 and to -2^63. */
  @ParameterizedTest
  @CsvSource({
    "2097152,2097152,1048576",
    "1073741824,1073741824,1073741824",
    "2097152,2097152,2097152"
  })
  void productsThatOverflowAreRefused(int rows, int columns, int channels) {
    assertThrows(InputException.class, () -> new InputShape(rows, columns, channels));
  }
}
