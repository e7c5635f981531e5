package org.raphe.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomStreamTest {
  private static final int[] INDICES = {0, 1, 2, 255, 65_536, RandomStream.MAX_INDEX};

  @Test
  void noTwoStreamsShareANumber() {
    Set<Integer> numbers = new HashSet<>();
    for (RandomStream stream : RandomStream.values()) {
      for (int index : INDICES) {
        assertTrue(numbers.add(stream.number(index)), stream + " " + index);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyNumberOfAStreamLiesBetweenItsEnds(RandomStream stream) {
    assertEquals(stream.ordinal() << 24, stream.number(0));
    assertEquals((stream.ordinal() << 24) + 0xFFFFFF, stream.number(RandomStream.MAX_INDEX));
  }

  @ParameterizedTest
  @EnumSource
  void indicesOutsideAStreamAreRefused(RandomStream stream) {
    assertThrows(IllegalArgumentException.class, () -> stream.number(-1));
    assertThrows(IllegalArgumentException.class, () -> stream.number(RandomStream.MAX_INDEX + 1));
  }
}
