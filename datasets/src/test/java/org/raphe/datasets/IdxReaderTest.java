package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;

class IdxReaderTest {
  private static final int IMAGES = IdxReader.IMAGES_MAGIC;
  private static final int LABELS = IdxReader.LABELS_MAGIC;

  private static IdxImages images(byte[] file) {
    return IdxReader.readImages("f.idx", new ByteArrayInputStream(file));
  }

  private static int[] labels(byte[] file) {
    return IdxReader.readLabels("f.idx", new ByteArrayInputStream(file), 10);
  }

  private static void assertImagesFail(byte[] file, String... parts) {
    assertFails(InputException.class, () -> images(file), parts);
  }

  private static void assertLabelsFail(byte[] file, String... parts) {
    assertFails(InputException.class, () -> labels(file), parts);
  }

  @Test
  void readsImages() {
    IdxImages images = images(IdxBytes.images(3, 4, 5));
    assertEquals(3, images.count());
    assertEquals(4, images.rows());
    assertEquals(5, images.columns());
    byte[] expected = new byte[60];
    for (int p = 0; p < 60; p++) {
      expected[p] = (byte) p;
    }
    assertArrayEquals(expected, images.pixels());
  }

  @Test
  void readsLabels() {
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0}, labels(IdxBytes.labels(11)));
  }

  @Test
  void wrongMagicIsNamed() {
    assertImagesFail(
        IdxBytes.labels(3), "f.idx: offset 0, magic number", "0x00000803", "0x00000801 (labels)");
    assertLabelsFail(IdxBytes.images(1, 2, 2), "0x00000801 (labels)", "0x00000803 (images)");
    assertImagesFail(
        IdxBytes.file(new int[] {0x00000d02, 1, 1}), "0x00000d02", "float32 in 2 dimension(s)");
    assertImagesFail(IdxBytes.gzip(new byte[9]), "a gzip file; its name must end in .gz");
    assertLabelsFail("<html></html>".getBytes(), "0x3c68746d (not IDX)");
  }

  @Test
  void truncationIsNamedAtEveryLength() {
    byte[] file = IdxBytes.images(2, 3, 3);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertImagesFail(cut, "f.idx: offset ", "cut short");
    }
    byte[] labels = IdxBytes.labels(4);
    for (int length = 0; length < labels.length; length++) {
      byte[] cut = Arrays.copyOf(labels, length);
      assertLabelsFail(cut, "f.idx: offset ", "cut short");
    }
    assertImagesFail(Arrays.copyOf(file, 20), "offset 16, pixels: expected 18 bytes, found 4");
  }

  @Test
  void trailingBytesAreRefused() {
    byte[] images = IdxBytes.images(2, 3, 3);
    assertImagesFail(Arrays.copyOf(images, images.length + 1), "offset 34", "trailing");
    byte[] labels = IdxBytes.labels(4);
    assertLabelsFail(Arrays.copyOf(labels, labels.length + 1), "offset 12", "trailing");
  }

  @Test
  void zeroDimensionsAreRefused() {
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, 0, 2, 2}), "offset 4, number of images");
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, 2, 0, 2}), "offset 8, rows");
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, 2, 2, 0}), "offset 12, columns");
    assertLabelsFail(IdxBytes.file(new int[] {LABELS, 0}), "offset 4, number of labels");
  }

  @Test
  void hugeDimensionsAreRefusedBeforeMemoryIsTaken() {
    long before = allocated();
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, -1, 28, 28}), "4294967295");
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, 1, 0x7fffffff, 1}), "offset 8, rows");
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, 1, 1, 0x80000000}), "2147483648");
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, 1, 1 << 13, 1 << 12}), "8192 x 4096");
    assertImagesFail(
        IdxBytes.file(new int[] {IMAGES, 1 << 28, 1 << 12, 1 << 12}), "4503599627370496 promised");
    // 65536 x 65536 pixels: 0 in 32 bits.
    assertImagesFail(IdxBytes.file(new int[] {IMAGES, 1 << 16, 1 << 8, 1 << 8}), "4294967296");
    assertImagesFail(
        IdxBytes.file(new int[] {IMAGES, 1 << 18, 32, 32}), "found 0: the file is cut");
    assertLabelsFail(IdxBytes.file(new int[] {LABELS, 1 << 28}), "found 0: the file is cut");
    assertTrue(allocated() - before < 4 << 20, "took " + (allocated() - before) + " bytes");
  }

  @Test
  void labelsOutOfRangeAreRefused() {
    assertLabelsFail(
        IdxBytes.file(new int[] {LABELS, 3}, (byte) 9, (byte) 10, (byte) 0),
        "offset 9, label of sample 1: expected 0..9, found 10");
    assertLabelsFail(IdxBytes.file(new int[] {LABELS, 1}, (byte) 0xff), "found 255");
  }

  @Test
  void readFailureIsNamed() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }
        };
    assertFails(
        InputException.class,
        () -> IdxReader.readLabels("f.idx", broken, 10),
        "cannot read f.idx after offset 0: Input/output error");
  }

  /** Whatever a file holds, it is read or refused in one line, and never takes much memory. */
  @Test
  void mutatedFilesAreReadOrRefused() {
    var random = new Random(20_240_917);
    byte[][] seeds = {
      IdxBytes.images(2, 3, 3), IdxBytes.labels(5), IdxBytes.images(1, 28, 28), IdxBytes.labels(64)
    };
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] file = mutated(seeds[random.nextInt(seeds.length)], random);
      long before = allocated();
      try {
        if (round % 2 == 0) {
          images(file);
        } else {
          labels(file);
        }
        read++;
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        refused++;
      }
      long taken = allocated() - before;
      assertTrue(taken < 1 << 20, "round " + round + " took " + taken + " bytes");
    }
    // Both ends must be reached, or the mutations test nothing.
    assertTrue(read > 500 && refused > 5_000, read + " read, " + refused + " refused");
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] file = seed.clone();
    int header = Math.min(16, file.length);
    for (int change = random.nextInt(3); change >= 0; change--) {
      int at = random.nextInt(random.nextBoolean() ? header : file.length);
      switch (random.nextInt(4)) {
        case 0 -> file[at] = (byte) random.nextInt(256);
        case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> file = Arrays.copyOf(file, random.nextInt(2 * file.length) + 1);
        default -> file[at] = (byte) (random.nextBoolean() ? 0xff : 0);
      }
      header = Math.min(16, file.length);
    }
    return file;
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
