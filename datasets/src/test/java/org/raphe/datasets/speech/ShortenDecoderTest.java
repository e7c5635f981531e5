package org.raphe.datasets.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

/** Streams that are written bit by bit, and streams of the encoder. */
class ShortenDecoderTest {
  private static final int QUIT = 4;

  private static void assertUnpacks(ShortenStream stream, int... expected) {
    byte[] file = ShortenStream.sphere(1, expected.length, stream.command(QUIT).bytes());
    short[] samples = SphereReader.read("f", file).channels()[0];
    int[] found = new int[samples.length];
    for (int k = 0; k < found.length; k++) {
      found[k] = samples[k];
    }
    assertArrayEquals(expected, found, Arrays.toString(found));
  }

  private static void assertRefused(ShortenStream stream, int samples, String... parts) {
    byte[] file = ShortenStream.sphere(1, samples, stream.bytes());
    assertFails(InputException.class, () -> SphereReader.read("a.wav", file), parts);
  }

  @Test
  void differencesFollowThePolynomials() {
    assertUnpacks(
        new ShortenStream(2, 5, 1, 4, 0, 0)
            .difference(0, 0, 5, -3, 0, 2)
            .difference(1, 1, 1, -1, 10, 0)
            .difference(2, 2, 0, 1, 0, -4)
            .difference(3, 3, 0, 0, 1, -20),
        // DIFF1 from 2; DIFF2 from 12, 12; DIFF3 from 12, 13, 14 and 11.
        5,
        -3,
        0,
        2,
        3,
        2,
        12,
        12,
        12,
        13,
        14,
        11,
        4,
        -7,
        -21,
        -58);
  }

  @Test
  void linearPredictionsRoundInVersionTwoAlone() {
    int[] coefficients = {40, -10};
    assertUnpacks(
        new ShortenStream(2, 5, 1, 4, 2, 0).linear(4, coefficients, 100, 50, -3, 7),
        101,
        177,
        187,
        186);
    assertUnpacks(
        new ShortenStream(1, 3, 1, 4, 2, 0).linear(4, coefficients, 100, 50, -3, 7),
        100,
        175,
        184,
        182);
  }

  @Test
  void linearPredictionsLeaveTheOffsetOut() {
    // The mean of the first block is 100: (2 + 400) / 4. History less 100 is 0, so both predict 100
    // + 1.
    assertUnpacks(
        new ShortenStream(2, 5, 1, 4, 1, 1)
            .difference(0, 5, 100, 100, 100, 100)
            .linear(0, new int[] {32}, 0, 0, 0, -1),
        100,
        100,
        100,
        100,
        101,
        102,
        103,
        103);
  }

  @Test
  void offsetsAreMeansOfMeans() {
    assertUnpacks(
        new ShortenStream(2, 5, 1, 3, 0, 2)
            .difference(0, 3, 10, 11, 12)
            .difference(0, 3, -6, 0, 1)
            .difference(0, 3, 0, -29, -22),
        10,
        11,
        12,
        0,
        6,
        7,
        8,
        -21,
        -14);
    assertUnpacks(
        new ShortenStream(1, 5, 1, 3, 0, 2)
            .difference(0, 3, 10, 11, 12)
            .difference(0, 3, -6, 0, 1)
            .difference(0, 3, 0, -29, -22),
        10,
        11,
        12,
        -1,
        5,
        6,
        7,
        -22,
        -15);
  }

  @Test
  void divisionsTruncateTowardZero() {
    // Version 2: mean (1 - 32) / 3 = -10, offset (1 - 10) / 2 = -4. Version 1: -32 / 3 = -10, -5.
    assertUnpacks(
        new ShortenStream(2, 5, 1, 3, 0, 2)
            .difference(0, 3, -10, -11, -11)
            .difference(0, 0, 0, 0, 0),
        -10,
        -11,
        -11,
        -4,
        -4,
        -4);
    assertUnpacks(
        new ShortenStream(1, 5, 1, 3, 0, 2)
            .difference(0, 3, -10, -11, -11)
            .difference(0, 0, 0, 0, 0),
        -10,
        -11,
        -11,
        -5,
        -5,
        -5);
  }

  @Test
  void shiftsLeaveHistoryAndMeansWhole() {
    assertUnpacks(
        new ShortenStream(2, 5, 1, 2, 0, 1)
            .bitShift(2)
            .difference(0, 2, 5, 7)
            .difference(0, 0, 0, -1)
            .bitShift(0)
            .difference(0, 1, 1, 2)
            .bitShift(3)
            .difference(1, 0, 1, 0),
        // Means 24 and 24; the last block goes on from 26, which is 208 with its shift.
        20,
        28,
        24,
        20,
        25,
        26,
        216,
        216);
    assertUnpacks(
        new ShortenStream(1, 5, 1, 2, 0, 1)
            .bitShift(2)
            .difference(0, 2, 5, 7)
            .difference(0, 0, 0, -1),
        20,
        28,
        24,
        20);
  }

  @Test
  void silenceVerbatimBytesAndShortBlocks() {
    assertUnpacks(
        new ShortenStream(2, 5, 1, 3, 0, 4)
            .command(9)
            .uvar(2, 5)
            .uvar(7, 8)
            .uvar(255, 8)
            .command(8)
            .blockSize(1)
            .difference(1, 0, 1),
        0,
        0,
        0,
        1);
  }

  @Test
  void faultsAreNamed() {
    assertRefused(new ShortenStream(3, 5, 1, 4, 0, 0), 4, "a.wav: shorten, version", "found 3");
    assertRefused(new ShortenStream(0, 5, 1, 4, 0, 0), 4, "a.wav: shorten, version", "found 0");
    assertRefused(new ShortenStream(2, 2, 1, 4, 0, 0), 4, "type of samples", "found 2");
    assertRefused(new ShortenStream(2, 8, 1, 4, 0, 0), 4, "type of samples", "found 8");
    assertRefused(new ShortenStream(2, 5, 2, 4, 0, 0), 4, "channels: expected 1, found 2");
    assertRefused(new ShortenStream(2, 5, 1, 0, 0, 0), 4, "block size", "found 0");
    assertRefused(new ShortenStream(2, 5, 1, 4, 33, 0), 4, "coefficients", "found 33");
    assertRefused(new ShortenStream(2, 5, 1, 4, 0, 33), 4, "means", "found 33");
    assertRefused(new ShortenStream(2, 5, 1, 4, 0, 0).command(10), 4, "command", "found 10");
    assertRefused(new ShortenStream(2, 5, 1, 4, 0, 0).bitShift(16), 4, "bit shift", "found 16");
    assertRefused(
        new ShortenStream(2, 5, 1, 4, 0, 0).command(8), 3, "samples of a block", "found 4");
    assertRefused(
        new ShortenStream(2, 5, 1, 4, 0, 0).command(8).command(QUIT),
        5,
        "samples of a channel: expected 5 as the header says, found 4");
    assertRefused(new ShortenStream(2, 5, 1, 4, 0, 0).command(8), 5, "the end of the file");
    assertRefused(
        new ShortenStream(2, 5, 1, 1, 0, 0).difference(0, 12, 32768), 1, "a sample", "found 32768");
    assertRefused(new ShortenStream(2, 5, 1, 1, 0, 0).difference(0, 29, 0), 1, "bits of residuals");
    assertRefused(
        new ShortenStream(2, 5, 1, 1, 1, 0).linear(0, new int[] {1, 1}, 0),
        1,
        "at most 1, found 2");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 256, 8, 4, 1, 1000", "2, 256, 0, 4, 2, 513", "1, 256, 8, 4, 1, 1000", "1, 64, 3, 0, 2, 129",
    "2, 7, 2, 1, 3, 50", "1, 1, 1, 2, 1, 5", "2, 300, 32, 32, 1, 1", "2, 256, 8, 4, 2, 256"
  })
  void whatTheEncoderPackedComesBack(
      int version, int blockSize, int order, int means, int channels, int count) {
    var random = new Random(count);
    for (int scale : new int[] {0, 1, 30, 3000, 32767}) {
      int[][] samples = new int[channels][count];
      for (int[] channel : samples) {
        fill(channel, scale, random);
      }
      byte[] stream =
          ShortenEncoder.pack(
              new ShortenEncoder.Settings(version, blockSize, order, means), 5, samples);
      short[][] back =
          SphereReader.read("f", ShortenStream.sphere(channels, count, stream)).channels();
      for (int c = 0; c < channels; c++) {
        for (int k = 0; k < count; k++) {
          assertEquals(samples[c][k], back[c][k], "channel " + c + " sample " + k);
        }
      }
    }
  }

  /** A tone with noise; silence in the middle, and from there on two or three low bits of 0. */
  private static void fill(int[] channel, int scale, Random random) {
    int count = channel.length;
    for (int k = 0; k < count; k++) {
      double wave = Math.sin(0.1 * k) * 0.8 + 0.2 * random.nextDouble();
      channel[k] = (int) Math.floor(scale * wave);
      if (k >= count / 2) {
        channel[k] = k < 3 * count / 4 ? 0 : channel[k] & (k < 7 * count / 8 ? -8 : -4);
      }
    }
    channel[0] = scale == 32767 ? Short.MIN_VALUE : channel[0];
  }

  @Test
  void everyCommandIsUsedByTheEncoder() {
    int[] line = new int[256];
    int[] low = new int[256];
    int[] noise = new int[256];
    int[] resonance = new int[256];
    var random = new Random(5);
    for (int k = 0; k < 256; k++) {
      line[k] = 40 * k;
      low[k] = 64 * random.nextInt(20);
      noise[k] = random.nextInt(100);
      double before = k > 1 ? 1.2 * resonance[k - 1] - 0.9 * resonance[k - 2] : 0;
      resonance[k] = (int) before + random.nextInt(9) - 4;
    }
    // A shift, of 6 bits, is uvar(6, 2) and uvar(6, 2) before the block; nothing else is as short.
    assertTrue(size(low) < 256, "low bits are left out: " + size(low));
    assertTrue(size(line) < 100, "a line is predicted: " + size(line));
    assertTrue(size(new int[256]) < 20, "silence is a command: " + size(new int[256]));
    assertTrue(size(resonance) < sizeWithoutPrediction(resonance), "resonance is predicted");
    assertTrue(size(noise) < 2 * 256, "noise stays small: " + size(noise));
  }

  private static int size(int[] samples) {
    return ShortenEncoder.pack(new ShortenEncoder.Settings(2, 256, 8, 4), 5, new int[][] {samples})
        .length;
  }

  private static int sizeWithoutPrediction(int[] samples) {
    return ShortenEncoder.pack(new ShortenEncoder.Settings(2, 256, 0, 4), 5, new int[][] {samples})
        .length;
  }

  @Test
  void mutatedFilesAreReadOrRefusedWithinBounds() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[][] intact = intact();
    var random = new Random(11);
    int read = 0;
    int refused = 0;
    long most = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] file = mutated(intact[round % intact.length].clone(), random);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        SphereReader.read("f", file);
        read++;
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        refused++;
      }
      most = Math.max(most, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(read > 2_000 && refused > 40_000, read + " read, " + refused + " refused");
    // Twice the largest number of samples, and as much again for copies while it grows.
    assertTrue(most < 8L * SphereHeader.MAX_SAMPLES, most + " bytes for one file");
  }

  /** Files with and without linear prediction, shift, channels, packing and mu-law. */
  private static byte[][] intact() {
    int[][] one = new int[1][40];
    int[][] two = new int[2][21];
    var random = new Random(3);
    fill(one[0], 500, random);
    fill(two[0], 20_000, random);
    fill(two[1], 100, random);
    var small = new ShortenEncoder.Settings(2, 8, 2, 2);
    var first = new ShortenEncoder.Settings(1, 16, 0, 4);
    Map<String, Object> plain =
        Map.of(
            "channel_count", 2,
            "sample_count", 10,
            "sample_rate", 8000,
            "sample_n_bytes", 2,
            "sample_byte_format", "10",
            "sample_checksum", 0);
    Map<String, Object> law =
        Map.of(
            "channel_count", 2,
            "sample_count", 21,
            "sample_rate", 8000,
            "sample_n_bytes", 1,
            "sample_coding", "ulaw,embedded-shorten-v2.00");
    int[][] codes = {new int[21], new int[21]};
    codes[1][3] = -128;
    return new byte[][] {
      ShortenStream.sphere(1, 40, ShortenEncoder.pack(small, 5, one)),
      ShortenStream.sphere(2, 21, ShortenEncoder.pack(first, 3, two)),
      SphereWriter.file(plain, new byte[40]),
      SphereWriter.file(law, ShortenEncoder.pack(small, 8, codes)),
    };
  }

  private static byte[] mutated(byte[] file, Random random) {
    int header = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("end_head");
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at =
          random.nextBoolean()
              ? random.nextInt(header + 8)
              : 1024 + random.nextInt(file.length - 1024);
      file[at] = (byte) (random.nextInt(3) == 0 ? '0' + random.nextInt(10) : random.nextInt(256));
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
  }

  @Test
  void promisesCostNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] file =
        ShortenStream.sphere(
            1,
            SphereHeader.MAX_SAMPLES,
            new ShortenStream(2, 5, 1, 256, 0, 0).command(8).command(QUIT).bytes());
    long before = threads.getCurrentThreadAllocatedBytes();
    assertFails(InputException.class, () -> SphereReader.read("f", file), "8388608", "found 256");
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(taken < 1 << 20, taken + " bytes for a promise");
  }
}
