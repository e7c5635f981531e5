package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.raphe.data.Samples;

/** Images that need no file. */
class GeneratedImagesTest {

  @Test
  void theyAreAsDenseAsMnist() {
    int set = 0;
    byte[] pixels = GeneratedImages.of(500, 1).pixels();
    for (byte pixel : pixels) {
      set += pixel == 0 ? 0 : 1;
    }
    assertEquals(0.19, (double) set / pixels.length, 0.01);
  }

  @Test
  void classesTakeTurnsAndASeedDrawsTheSameAgain() {
    Samples samples = GeneratedImages.of(12, 3);
    for (int sample = 0; sample < samples.size(); sample++) {
      assertEquals(sample % 10, samples.label(sample));
    }
    assertArrayEquals(samples.pixels(), GeneratedImages.of(12, 3).pixels());
  }
}
