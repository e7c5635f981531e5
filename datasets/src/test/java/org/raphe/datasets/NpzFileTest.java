package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.network.InputShape;

class NpzFileTest {
  @TempDir Path folder;

  private static byte[] npy(String type, String shape, byte[] elements) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + elements.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    file.put((byte) 0).putShort((short) header.length());
    return file.put(header.getBytes(StandardCharsets.US_ASCII)).put(elements).array();
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return bytes.array();
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    Path path = folder.resolve("own.npz");
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
        zip.write(entry.getValue());
      }
    }
    return path;
  }

  private static Map<String, byte[]> vectors() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("features", npy("<f4", "4, 2", floats(1, 2, 3, 4, 5, 6, 7, 8)));
    entries.put("labels", npy("<i8", "4,", longs(0, 1, 0, 1)));
    return entries;
  }

  private static Dataset load(Path path) {
    return DatasetCatalog.load(path.toString(), DatasetOptions.defaults());
  }

  private void assertRefused(String array, byte[] content, String... parts) throws IOException {
    Map<String, byte[]> entries = vectors();
    entries.put(array, content);
    Path path = zip(entries);
    assertFails(InputException.class, () -> load(path), parts);
  }

  @Test
  void vectorsAreSplitByClass() throws IOException {
    Dataset own = load(zip(vectors()));
    assertEquals(InputShape.vector(2), own.train().shape());
    assertEquals(2, own.train().classes());
    assertEquals(4f, own.train().feature(1, 1));
    assertEquals(5f, own.test().feature(0, 0));
  }

  @Test
  void labelsMayBeMissingOfWhatIsOnlyPredicted() throws IOException {
    Map<String, byte[]> entries = vectors();
    SamplesToPredict labelled = DatasetCatalog.toPredict(zip(entries), InputShape.vector(2));
    assertEquals(List.of("0", "1"), labelled.classNames().names());
    assertEquals(4, labelled.samples().size(), "all of them, not every fifth");
    assertEquals(1, labelled.samples().label(3));
    entries.remove("labels");
    SamplesToPredict bare = DatasetCatalog.toPredict(zip(entries), InputShape.vector(2));
    assertFalse(bare.isLabelled());
    assertEquals(8f, bare.samples().feature(3, 1));
    entries.put("test_features", npy("<f4", "1, 2", floats(9, 10)));
    SamplesToPredict tests = DatasetCatalog.toPredict(zip(entries), InputShape.vector(2));
    assertEquals(1, tests.samples().size());
    assertEquals(9f, tests.samples().feature(0, 0));
  }

  @Test
  void bytesArePixelsAndTestArraysAreKeptApart() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("features", npy("|u1", "2, 2, 1, 3", new byte[12]));
    entries.put("labels", npy("|u1", "2,", new byte[] {0, 2}));
    byte[] test = new byte[6];
    test[4] = (byte) 255;
    entries.put("test_features", npy("|u1", "1, 2, 1, 3", test));
    entries.put("test_labels", npy("<i4", "1,", new byte[] {1, 0, 0, 0}));
    Dataset own = load(zip(entries));
    assertEquals(new InputShape(2, 1, 3), own.train().shape());
    assertTrue(own.train().hasPixels());
    assertEquals(3, own.train().classes());
    assertEquals(2, own.train().size());
    assertEquals(1f, own.test().feature(0, 4));
    assertEquals(1, own.test().label(0));
    entries.remove("test_labels");
    assertFails(InputException.class, () -> load(zip(entries)), "come together");
  }

  @Test
  void doublesAreRounded() throws IOException {
    ByteBuffer doubles = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    doubles.putDouble(0.1).putDouble(2).putDouble(3).putDouble(4);
    Map<String, byte[]> entries = vectors();
    entries.put("features", npy("<f8", "4, 1", doubles.array()));
    assertEquals(0.1f, load(zip(entries)).train().feature(0, 0));
  }

  @Test
  void arraysThatCannotBeUsedAreNamed() throws IOException {
    byte[] eight = floats(1, 2, 3, 4, 5, 6, 7, 8);
    assertRefused("features", npy("<f4", "4, 3", eight), "features", "48 bytes");
    assertRefused("features", npy("<f4", "4, 1", eight), "fewer or more");
    assertRefused("features", npy("<f4", "8,", eight), "1 dimension");
    assertRefused("features", npy("<f4", "2, 4", eight), "2 samples, but 4 labels");
    assertRefused("features", npy("<f4", "0, 4", new byte[0]), "every side is at least 1");
    assertRefused("features", npy("<f4", "70000, 70000", eight), "the product at most");
    assertRefused("features", npy("<f4", "99999999999", eight), "not usable");
    assertRefused("features", npy("<f4", "", floats(1)), "single number");
    assertRefused("features", npy("|O", "4, 2", eight), "type |O");
    assertRefused("features", npy("<i8", "4, 1", longs(1, 2, 3, 4)), "type <i8");
    assertRefused("features", npy("<f4", "4, 1", floats(1, Float.NaN, 3, 4)), "NaN");
    assertRefused("labels", npy("<i8", "4,", longs(0, 1, -1, 1)), "sample 2 is -1");
    assertRefused(
        "labels", npy("<i8", "4,", longs(0, 1, 1L << 40, 1)), "sample 2 is 1099511627776");
    assertRefused("labels", npy("<f4", "4,", floats(0, 1, 0, 1)), "whole number", "<f4");
    assertRefused("labels", npy("<i8", "2, 2", longs(0, 1, 0, 1)), "2 dimension(s)");
    assertRefused("labels", npy("<i8", "4,", longs(0, 1, 0, 2)), "has 1 sample(s)");
    assertRefused("labels", "nonsense".getBytes(StandardCharsets.US_ASCII), "not an array");
  }

  @Test
  void filesThatCannotBeUsedAreRefused() throws IOException {
    Map<String, byte[]> entries = vectors();
    entries.remove("labels");
    assertFails(InputException.class, () -> load(zip(entries)), "no array \"labels\"");
    Path text = Files.writeString(folder.resolve("text.npz"), "no zip");
    assertFails(InputException.class, () -> load(text), "text.npz");
  }

  /** Whatever one byte of a file becomes, it is read or refused in one line. */
  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    byte[] whole = Files.readAllBytes(zip(vectors()));
    Random random = new Random(5);
    var kept = new ByteArrayOutputStream();
    for (int k = 0; k < 2000; k++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      int length = k % 4 == 0 ? random.nextInt(damaged.length) : damaged.length;
      Path path = Files.write(folder.resolve("damaged.npz"), Arrays.copyOf(damaged, length));
      try {
        load(path);
        kept.write(1);
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count());
      }
    }
    assertTrue(kept.size() < 2000, "some are refused");
  }
}
