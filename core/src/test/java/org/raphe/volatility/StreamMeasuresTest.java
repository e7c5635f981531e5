package org.raphe.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamMeasuresTest {
  private static VolatileStream stream(int samples, int first) {
    StreamSettings settings =
        new StreamSettings(samples, 10, first, 500, 501, 0, List.of(2), 0, 1, 2, List.of(), 1);
    return new VolatileStream(settings, new int[samples], 2);
  }

  @Test
  void samplesAreCountedFromTheFirstSwitchOn() {
    VolatileStream stream = stream(1500, 500);
    assertEquals(2, stream.switches().size());
    boolean[] hits = new boolean[1500];
    Arrays.fill(hits, 0, 500, true);
    Arrays.fill(hits, 600, 1000, true);
    Arrays.fill(hits, 1000, 1075, true);
    StreamMeasures measures = StreamMeasures.of(stream, hits);
    assertEquals(0.475, measures.accuracy(), 1e-12);
    assertEquals((200 + 75) / 600.0, measures.afterSwitch(), 1e-12);
    assertEquals(200 / 400.0, measures.settled(), 1e-12);
  }

  @Test
  void regainIsTheFirstWholeWindowAtNineTenthsOfTheLevelBefore() {
    VolatileStream stream = stream(1500, 500);
    boolean[] hits = new boolean[1500];
    Arrays.fill(hits, 0, 500, true);
    Arrays.fill(hits, 560, 1500, true);
    StreamMeasures measures = StreamMeasures.of(stream, hits);
    // Of samples 60 to 104 after the first switch 45 of 50 are right; the second costs nothing.
    assertEquals(2, measures.fresh().switches());
    assertEquals((105 + 50) / 2.0, measures.fresh().samples(), 1e-12);
    assertEquals(0, measures.fresh().failed());
    assertEquals(0, measures.returning().switches());
    assertNull(measures.returning().samples());
  }

  @Test
  void whatIsNotRegainedCountsToTheNextSwitch() {
    VolatileStream stream = stream(1500, 500);
    boolean[] hits = new boolean[1500];
    Arrays.fill(hits, 0, 500, true);
    StreamMeasures measures = StreamMeasures.of(stream, hits);
    assertEquals(1, measures.fresh().failed());
    // Nothing was right before the second switch, and that level is regained in the first window.
    assertEquals((500 + 50) / 2.0, measures.fresh().samples(), 1e-12);
  }

  @Test
  void aStreamWithoutSwitchesHasNoMeasure() {
    VolatileStream stream = stream(100, 500);
    assertNull(StreamMeasures.of(stream, new boolean[100]).accuracy());
  }
}
