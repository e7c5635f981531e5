package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochBarTest {
  private static final List<String> FIGURES =
      List.of("accuracy 0.8102", "0:26 left", "726 samples/s", "6.85e+06 spikes/s");

  private static String line(int width) {
    return EpochBar.line("epoch 1", 12_288, 60_000, FIGURES, width);
  }

  @Test
  void sixtyColumnsTellShareAccuracyAndTimeLeft() {
    assertEquals("epoch 1  20% [====                 ]  accuracy 0.8102, 0:26 left", line(64));
    assertEquals("epoch 1  20% [===              ]  accuracy 0.8102, 0:26 left", line(59 + 1));
  }

  @Test
  void whereThereIsRoomAllIsTold() {
    String wide = line(199);
    assertTrue(wide.endsWith(String.join(", ", FIGURES) + ", 12288 of 60000 samples"), wide);
  }

  /** However narrow, the line is not broken, and no figure is cut. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 12, 20, 24, 25, 26, 40, 41, 42, 59, 60, 79, 80, 99, 119, 199, 500})
  void itIsNeverWiderThanTheTerminal(int width) {
    String line = line(width);
    assertTrue(line.length() <= width, line);
    String[] told = line.contains("]  ") ? line.split("]  ")[1].split(", ") : new String[0];
    for (String figure : told) {
      assertTrue(FIGURES.contains(figure) || figure.equals("12288 of 60000 samples"), line);
    }
    assertTrue(width < 12 || line.startsWith("epoch 1  20%"), line);
  }

  @Test
  void theBarIsFullAtTheEnd() {
    assertEquals("epoch 3 100% [==========]", EpochBar.line("epoch 3", 300, 300, List.of(), 25));
    assertEquals("epoch 3   0% [          ]", EpochBar.line("epoch 3", 0, 300, List.of(), 25));
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "7, 0:07", "61, 1:01", "3599, 59:59", "3600, 1:00:00", "90061, 25:01:01"})
  void timesAreRead(long seconds, String text) {
    assertEquals(text + " left", TrainProgress.left(seconds));
  }
}
