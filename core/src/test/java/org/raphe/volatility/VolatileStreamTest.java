package org.raphe.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.OneLine;

class VolatileStreamTest {
  private static final int[] LABELS = new int[40_000];

  static {
    Arrays.setAll(LABELS, k -> k % 10);
  }

  private static VolatileStream stream(long seed) {
    return new VolatileStream(StreamSettings.standard(10, seed), LABELS, 10);
  }

  @Test
  void everySampleIsShownAtMostOnce() {
    int[] order = stream(1).order();
    Set<Integer> shown = new HashSet<>();
    for (int sample : order) {
      assertTrue(sample >= 0 && sample < 40_000 && shown.add(sample));
    }
    assertEquals(30_000, shown.size());
    assertFalse(Arrays.equals(order, stream(2).order()));
    assertArrayEquals(order, stream(1).order());
  }

  @Test
  void meaningsAreDerangementsOfFiveOrTenClassesOrReturn() {
    int returns = 0;
    int all = 0;
    for (long seed = 1; seed <= 10; seed++) {
      VolatileStream stream = stream(seed);
      int[][] meaning = new int[stream.switches().size() + 1][];
      meaning[0] = meaning(stream, 0);
      int last = 0;
      Set<Integer> seen = new HashSet<>(Set.of(0));
      for (int k = 0; k < stream.switches().size(); k++) {
        VolatileStream.Switch each = stream.switches().get(k);
        int between = each.sample() - last;
        assertTrue(k == 0 ? each.sample() == 3000 : between >= 800 && between < 2410);
        assertEquals(0, each.sample() % 10, "between two batches");
        last = each.sample();
        meaning[k + 1] = meaning(stream, each.sample());
        int moved = 0;
        for (int label = 0; label < 10; label++) {
          moved += meaning[k + 1][label] != meaning[k][label] ? 1 : 0;
        }
        assertEquals(each.returning(), !seen.add(each.context()));
        assertTrue(each.returning() ? moved >= 1 : moved == 5 || moved == 10, "moved " + moved);
        returns += each.returning() ? 1 : 0;
        all++;
      }
    }
    assertEquals(0.5, (double) returns / all, 0.15);
  }

  /** What each class is called at a sample, read from the true labels that follow. */
  private static int[] meaning(VolatileStream stream, int from) {
    int[] meaning = new int[10];
    int[] order = stream.order();
    Arrays.fill(meaning, -1);
    for (int sample = from; sample < Math.min(from + 800, stream.size()); sample++) {
      int label = LABELS[order[sample]];
      if (stream.context(sample) == stream.context(from)) {
        assertTrue(meaning[label] < 0 || meaning[label] == stream.trueLabel(sample));
        meaning[label] = stream.trueLabel(sample);
      }
    }
    return meaning;
  }

  @Test
  void noiseReplacesTheShareOfItsBlocksAndNothingElse() {
    VolatileStream stream = stream(3);
    boolean[] noisy = new boolean[stream.size()];
    int last = -1;
    for (VolatileStream.NoiseBlock block : stream.noise()) {
      assertTrue(block.from() >= 1500 && block.from() > last, "clean samples lie between");
      int length = block.to() - block.from();
      assertTrue(length < 2400 && (length >= 600 || block.to() == stream.size()));
      int wrong = 0;
      for (int sample = block.from(); sample < block.to(); sample++) {
        noisy[sample] = true;
        wrong += stream.givenLabel(sample) != stream.trueLabel(sample) ? 1 : 0;
      }
      double deviation = 3.5 * Math.sqrt(0.25 / length);
      assertEquals(0.9 * block.share(), (double) wrong / length, deviation);
      last = block.to();
    }
    for (int sample = 0; sample < stream.size(); sample++) {
      assertTrue(noisy[sample] || stream.givenLabel(sample) == stream.trueLabel(sample));
    }
  }

  @Test
  void whatCannotBeDrawnIsRefusedInOneLine() {
    OneLine.assertFails(
        InputException.class,
        () -> new VolatileStream(StreamSettings.standard(10, 1), new int[100], 10),
        "needs as many; there are 100");
    OneLine.assertFails(
        InputException.class,
        () -> new VolatileStream(StreamSettings.standard(10, 1), LABELS, 5),
        "cannot move 10 classes of 5");
    OneLine.assertFails(
        InputException.class,
        () -> new StreamSettings(10, 1, 1, 5, 5, 0.5, List.of(2), 0, 1, 2, List.of(), 1),
        "between two");
    OneLine.assertFails(
        InputException.class,
        () -> new StreamSettings(10, 1, 1, 1, 5, 1.5, List.of(2), 0, 1, 2, List.of(), 1),
        "lies in [0, 1]");
    OneLine.assertFails(
        InputException.class,
        () -> new StreamSettings(10, 1, 1, 1, 5, 0.5, List.of(1), 0, 1, 2, List.of(), 1),
        "at least 2 classes");
  }
}
