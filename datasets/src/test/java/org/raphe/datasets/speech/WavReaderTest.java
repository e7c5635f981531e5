package org.raphe.datasets.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;

class WavReaderTest {
  private static final byte[] INTACT =
      WavBytes.file(1, 16, 8000, (short) 1, (short) -2, Short.MAX_VALUE, Short.MIN_VALUE);

  @TempDir Path folder;

  private static void assertRefused(byte[] file, String... parts) {
    assertFails(InputException.class, () -> WavReader.read("f.wav", file), parts);
  }

  private static byte[] with(int at, int... values) {
    byte[] file = INTACT.clone();
    for (int k = 0; k < values.length; k++) {
      file[at + k] = (byte) values[k];
    }
    return file;
  }

  @Test
  void readsSamples() throws Exception {
    Path path = Files.write(folder.resolve("a.wav"), INTACT);
    WavRecording recording = WavReader.read(path);
    assertEquals(8000, recording.sampleRate());
    assertArrayEquals(new short[] {1, -2, Short.MAX_VALUE, Short.MIN_VALUE}, recording.samples());
    assertEquals(0.0005, recording.seconds());
  }

  @Test
  void otherChunksAreSkipped() {
    var file = new ByteArrayOutputStream();
    file.write(INTACT, 0, 36);
    file.writeBytes(WavBytes.ascii("LIST"));
    // An odd size: one byte of padding follows.
    file.writeBytes(new byte[] {3, 0, 0, 0, 'd', 'a', 't', 0});
    file.write(INTACT, 36, INTACT.length - 36);
    assertEquals(4, WavReader.read("f.wav", file.toByteArray()).samples().length);
  }

  @Test
  void otherFilesAreRefused() {
    assertRefused(with(0, 'N', 'I', 'S', 'T'), "offset 0", "expected RIFF, found \"NIST\"");
    assertRefused(with(0, 0x1b, 10, 7, 0xff), "found \"????\"");
    assertRefused(with(8, 'A', 'V', 'I', ' '), "offset 8", "expected WAVE");
    assertRefused(with(20, 3), "offset 20, encoding: expected 1, found 3");
    assertRefused(with(22, 2), "offset 22, channels: expected 1, found 2");
    assertRefused(with(34, 8), "offset 34, bits a sample: expected 16, found 8");
    assertRefused(with(24, 0, 0, 0, 0), "offset 24, sampling rate", "found 0");
    assertRefused(with(24, 255, 255, 255, 255), "found 4294967295");
  }

  @Test
  void chunksMustFitTheFile() {
    assertRefused(with(40, 9), "offset 40", "at most the 8 bytes left, found 9");
    assertRefused(with(40, 255, 255, 255, 255), "found 4294967295");
    assertRefused(with(40, 7), "whole samples");
    assertRefused(with(40, 0), "whole samples");
    assertRefused(with(16, 14), "at least 16");
    assertRefused(with(12, 'f', 'm', 't', '_'), "\"fmt \" before \"data\"");
    assertRefused(with(36, 'd', 'a', 't', '_'), "chunk \"data\"", "end of file");
    for (int length = 0; length < INTACT.length; length++) {
      assertRefused(Arrays.copyOf(INTACT, length), "f.wav: offset ");
    }
    assertRefused(new byte[WavReader.MAX_BYTES + 1], "file size");
  }

  @Test
  void missingFileIsNamed() {
    assertFails(
        InputException.class, () -> WavReader.read(folder.resolve("no.wav")), "no.wav: no such");
    assertFails(InputException.class, () -> WavReader.read(folder), "no such file");
  }

  @Test
  void mutatedFilesAreReadOrRefused() {
    var random = new Random(7);
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] file = INTACT.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        file[random.nextInt(file.length)] =
            (byte) (random.nextBoolean() ? random.nextInt(256) : 0xff);
      }
      file = random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(100)) : file;
      try {
        WavReader.read("f.wav", file);
        read++;
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        refused++;
      }
    }
    assertTrue(read > 500 && refused > 5_000, read + " read, " + refused + " refused");
  }
}
