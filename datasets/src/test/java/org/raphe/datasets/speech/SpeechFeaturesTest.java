package org.raphe.datasets.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.raphe.datasets.Failures.assertFails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;

class SpeechFeaturesTest {
  /** The recordings are not part of the project: RAPHE_FSDD names their folder. */
  private static Path recordings() {
    String named = System.getProperty("RAPHE_FSDD", System.getenv("RAPHE_FSDD"));
    Path path = Path.of(named != null ? named : "../../shared/data/fsdd/recordings");
    if (!Files.isDirectory(path)) {
      System.out.println("skipped: no recordings in " + path + "; set RAPHE_FSDD to their folder");
    }
    assumeTrue(Files.isDirectory(path), "no recordings in " + path);
    return path;
  }

  private static void assertNear(double expected, double found, String what) {
    double tolerance = Math.max(1e-6, 1e-5 * Math.abs(expected));
    assertTrue(
        Math.abs(expected - found) <= tolerance, what + ": " + expected + ", found " + found);
  }

  @Test
  void recordedVectorsAreReproduced() throws IOException {
    Path recordings = recordings();
    JsonNode vectors;
    try (InputStream in = SpeechFeaturesTest.class.getResourceAsStream("/speech_features.json")) {
      vectors = new ObjectMapper().readTree(in);
    }
    assertEquals(6, vectors.get("cases").size());
    double largest = 0;
    for (JsonNode one : vectors.get("cases")) {
      String file = one.get("file").asText();
      WavRecording recording = WavReader.read(recordings.resolve(file));
      assertEquals(one.get("samples").asInt(), recording.samples().length);
      assertEquals(one.get("sample_rate").asInt(), recording.sampleRate());
      double[][] energies = SpeechFeatures.energies(file, recording);
      float[] features = SpeechFeatures.of(file, recording);
      for (int frame = 0; frame < 30; frame++) {
        for (int band = 0; band < 30; band++) {
          String what = file + " frame " + frame + " band " + band;
          double energy = one.get("energies").get(frame).get(band).asDouble();
          double feature = one.get("features").get(frame).get(band).asDouble();
          assertNear(energy, energies[frame][band], "energy of " + what);
          assertNear(feature, features[frame * 30 + band], "feature of " + what);
          // The absolute tolerance is wide for small features; hold them to a relative one too.
          double relative = Math.abs(feature - features[frame * 30 + band]) / feature;
          largest = Math.max(largest, relative);
        }
      }
    }
    System.out.println("speech features: largest relative difference " + largest);
    assertTrue(largest < 1e-5, "largest relative difference " + largest);
  }

  @Test
  void aToneFillsItsOwnBand() {
    double[][] energies =
        SpeechFeatures.energies("tone", WavReader.read("tone", WavBytes.tone(1000)));
    // 1000 Hz is 1000 mel; 30 bands up to 2146 mel peak 69.2 mel apart, the 14th nearest.
    for (double[] frame : energies) {
      int loudest = 0;
      for (int band = 0; band < 30; band++) {
        loudest = frame[band] > frame[loudest] ? band : loudest;
      }
      assertEquals(13, loudest);
    }
  }

  @Test
  void everyBandSumsToOneEvenInSilence() {
    for (byte[] file :
        new byte[][] {WavBytes.tone(440), WavBytes.file(1, 16, 8000, new short[5000])}) {
      float[] features = SpeechFeatures.of("f", WavReader.read("f", file));
      for (int band = 0; band < 30; band++) {
        double sum = 0;
        for (int frame = 0; frame < 30; frame++) {
          sum += features[frame * 30 + band];
        }
        assertEquals(1, sum, 1e-5);
      }
    }
  }

  @Test
  void unusableLengthsAreNamed() {
    assertFails(
        InputException.class,
        () -> SpeechFeatures.of("f.wav", new WavRecording(8000, new short[7])),
        "f.wav: 7 samples");
    assertFails(
        InputException.class,
        () -> SpeechFeatures.of("f.wav", new WavRecording(8000, new short[64_000])),
        "f.wav: 64000 samples make frames of 4129");
  }
}
