package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InputRowsTest {

  private static int[] head(int[] entries, int count) {
    return Arrays.copyOf(entries, count);
  }

  @Test
  void spikesAreListedByInputThenSampleThenWord() {
    SpikeTrains trains = new SpikeTrains(2, 3, 3, 40);
    trains.trains[trains.at(0, 1) + 1] = 5;
    trains.trains[trains.at(1, 0) + 1] = 6;
    trains.trains[trains.at(1, 1) + 2] = 7;
    InputRows rows = new InputRows();
    rows.listSpikes(trains, 2, 1, 3);
    assertArrayEquals(new int[] {0, 2, 3}, head(rows.start, 3));
    assertArrayEquals(new int[] {1, 2, 3}, head(rows.position, 3));
    assertArrayEquals(new int[] {5, 6, 7}, head(rows.word, 3));
  }

  @Test
  void valuesAreListedByInputThenSample() {
    float[] values = {0f, 1f, -2f, 9f, 3f, 0f, -0f, 9f};
    InputRows rows = new InputRows();
    rows.listValues(values, 4, 2, 0, 3);
    assertArrayEquals(new int[] {0, 1, 2, 3}, head(rows.start, 4));
    assertArrayEquals(new int[] {1, 0, 0}, head(rows.position, 3));
    assertArrayEquals(new float[] {3f, 1f, -2f}, Arrays.copyOf(rows.value, 3));
  }

  @Test
  void termsHaveTheRoomThatIsAskedForAndKeepWhatIsListed() {
    InputRows rows = new InputRows();
    rows.roomForTerms(0, 100);
    rows.place[99] = 7;
    rows.factor[99] = 7f;
    rows.roomForTerms(100, 1000);
    assertEquals(7, rows.place[99]);
    assertEquals(7f, rows.factor[99]);
    assertTrue(rows.place.length >= 1100 && rows.factor.length >= 1100);
  }
}
