package org.raphe.datasets.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final int RATE = 8000;
  private static final int BLOCK = 80;

  /** Blocks of 10 ms, each of one amplitude, and some samples more. */
  private static WavRecording blocks(int rest, int... amplitudes) {
    short[] samples = new short[amplitudes.length * BLOCK + rest];
    for (int n = 0; n < amplitudes.length * BLOCK; n++) {
      samples[n] = (short) (n % 2 == 0 ? amplitudes[n / BLOCK] : -amplitudes[n / BLOCK]);
    }
    return new WavRecording(RATE, samples);
  }

  @Test
  void theWordAndTwoBlocksAboutItAreKept() {
    WavRecording recording = blocks(7, 1, 2, 3, 4, 900, 5, 1000, 6, 7, 8, 9);
    WavRecording kept = Endpoints.between(recording);
    assertEquals(RATE, kept.sampleRate());
    assertArrayEquals(
        Arrays.copyOfRange(recording.samples(), 2 * BLOCK, 9 * BLOCK), kept.samples());
  }

  /** 100 is a tenth of the loudest amplitude, a hundredth of its energy: no part of the word. */
  @Test
  void theThresholdIsTwentyDecibelsBelowTheLoudestBlock() {
    assertEquals(5 * BLOCK, Endpoints.between(blocks(0, 0, 100, 0, 1000, 0, 0)).samples().length);
    assertEquals(6 * BLOCK, Endpoints.between(blocks(0, 0, 101, 0, 1000, 0, 0)).samples().length);
  }

  @Test
  void whatFollowsTheLastBlockStaysWithIt() {
    WavRecording recording = blocks(79, 0, 0, 0, 0, 1000, 1000, 1000);
    assertEquals(5 * BLOCK + 79, Endpoints.between(recording).samples().length);
  }

  @Test
  void silenceAndVeryShortRecordingsAreLeftAsTheyAre() {
    WavRecording brief = blocks(0, 0, 0, 0, 1000);
    assertSame(brief, Endpoints.between(brief));
    WavRecording silent = blocks(0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertArrayEquals(silent.samples(), Endpoints.between(silent).samples());
  }

  @Test
  void featuresAreThoseOfTheWordWhateverSilenceIsAboutIt() {
    int[] word = {300, 900, 1000, 700, 400, 200, 500, 800};
    int[] padded = new int[word.length + 24];
    System.arraycopy(word, 0, padded, 12, word.length);
    int[] tight = Arrays.copyOfRange(padded, 10, padded.length - 10);
    SpeechFeatureKind kind = SpeechFeatureKind.LOG_MEL_TRIMMED;
    float[] features = features(kind, blocks(0, padded));
    assertArrayEquals(features(kind, blocks(0, tight)), features);
    assertArrayEquals(features(SpeechFeatureKind.LOG_MEL, blocks(0, tight)), features);
    assertFalse(Arrays.equals(features, features(SpeechFeatureKind.LOG_MEL, blocks(0, padded))));
  }

  private static float[] features(SpeechFeatureKind kind, WavRecording recording) {
    return kind.of(SpeechFeatures.energies("word", kind.heard(recording)));
  }
}
