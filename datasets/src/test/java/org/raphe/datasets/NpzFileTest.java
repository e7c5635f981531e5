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
import java.util.zip.CRC32;
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

  private static byte[] bigEndian(int bytesEach, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(bytesEach * values.length);
    for (long value : values) {
      for (int k = bytesEach - 1; k >= 0; k--) {
        bytes.put((byte) (value >> 8 * k));
      }
    }
    return bytes.array();
  }

  private Dataset withFeatures(byte[] features) throws IOException {
    Map<String, byte[]> entries = vectors();
    entries.put("features", features);
    return load(zip(entries));
  }

  /** As numpy writes them: 1, -2, 0.5 and the smallest above 0; samples 0 and 1 are trained on. */
  @Test
  void numbersOfEveryTypeAreRead() throws IOException {
    Dataset half = withFeatures(npy(">f2", "4, 1", bigEndian(2, 0x3c00, 0xc000, 0x3800, 1)));
    assertEquals(1f, half.train().feature(0, 0));
    assertEquals(-2f, half.train().feature(1, 0));
    assertEquals(0.5f, half.test().feature(0, 0));
    assertEquals(0x1p-24f, half.test().feature(1, 0));
    assertEquals(
        -3f, withFeatures(npy(">i4", "4, 1", bigEndian(4, -3, 0, 0, 0))).train().feature(0, 0));
    assertEquals(
        -3f, withFeatures(npy("|i1", "4, 1", bigEndian(1, -3, 0, 0, 0))).train().feature(0, 0));
    assertEquals(
        65533f, withFeatures(npy(">u2", "4, 1", bigEndian(2, -3, 0, 0, 0))).train().feature(0, 0));
    assertEquals(
        0x1p64f, withFeatures(npy(">u8", "4, 1", bigEndian(8, -3, 0, 0, 0))).train().feature(0, 0));
    assertEquals(
        1f, withFeatures(npy("|b1", "4, 1", new byte[] {1, 0, 0, 1})).train().feature(0, 0));
    long half2 = Double.doubleToLongBits(2.5);
    assertEquals(
        2.5f, withFeatures(npy(">f8", "4, 1", bigEndian(8, half2, 0, 0, 0))).train().feature(0, 0));
    assertFails(
        InputException.class,
        () -> withFeatures(npy("<f2", "4, 1", new byte[] {0, 0, 0, 0x7e, 0, 0, 0, 0})),
        "feature 0 of sample 1 is NaN");
  }

  @Test
  void fortransOrderIsBroughtIntoCs() throws IOException {
    String header = "'fortran_order': ";
    byte[] c = npy("<f4", "4, 3", floats(11, 21, 31, 41, 12, 22, 32, 42, 13, 23, 33, 43));
    String text = new String(c, StandardCharsets.ISO_8859_1);
    byte[] fortran =
        text.replace(header + "False", header + "True ").getBytes(StandardCharsets.ISO_8859_1);
    Dataset own = withFeatures(fortran);
    assertEquals(12f, own.train().feature(0, 1));
    assertEquals(23f, own.train().feature(1, 2));
    assertEquals(41f, own.test().feature(1, 0));
    byte[] cube =
        npy(
            "|u1",
            "4, 2, 1, 2",
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    text =
        new String(cube, StandardCharsets.ISO_8859_1).replace(header + "False", header + "True ");
    Dataset images = withFeatures(text.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(5 / 255f, images.train().feature(0, 2), "second row of sample 0");
    assertEquals(9 / 255f, images.train().feature(0, 1), "second channel of sample 0");
  }

  @Test
  void labelsMayBeTexts() throws IOException {
    Map<String, byte[]> entries = vectors();
    entries.put(
        "labels", npy(">U2", "4,", bigEndian(4, 'k', 0x1F600, 0xe9, 0, 'k', 0x1F600, 0xe9, 0)));
    Dataset own = load(zip(entries));
    assertEquals(List.of("k\uD83D\uDE00", "\u00e9"), own.classNames().names());
    assertEquals(0, own.train().label(0));
    entries.put(
        "labels", npy("|S3", "4,", "bb\0a\0\0bb\0a\0\0".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(List.of("a", "bb"), load(zip(entries)).classNames().names());
    entries.put("test_features", npy("<f4", "1, 2", floats(1, 2)));
    entries.put("test_labels", npy("|S1", "1,", new byte[] {'c'}));
    assertEquals(List.of("a", "bb", "c"), load(zip(entries)).classNames().names());
    entries.put("test_labels", npy("|u1", "1,", new byte[] {1}));
    assertFails(InputException.class, () -> load(zip(entries)), "both be texts");
  }

  /** One bit of a stored array changed: the zip says what its checksum should be. */
  @Test
  void damagedElementsAreRefused() throws IOException {
    Path path = folder.resolve("own.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, byte[]> entry : vectors().entrySet()) {
        CRC32 check = new CRC32();
        check.update(entry.getValue());
        ZipEntry stored = new ZipEntry(entry.getKey() + ".npy");
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getValue().length);
        stored.setCrc(check.getValue());
        zip.putNextEntry(stored);
        zip.write(entry.getValue());
      }
    }
    load(path);
    byte[] whole = Files.readAllBytes(path);
    byte[] seven = floats(7);
    int at =
        new String(whole, StandardCharsets.ISO_8859_1)
            .indexOf(new String(seven, StandardCharsets.ISO_8859_1));
    whole[at + 1] ^= 1;
    Files.write(path, whole);
    assertFails(InputException.class, () -> load(path), "features", "checksum");
  }

  @Test
  void anArrayThatStandsTwiceIsRefused() throws IOException {
    Map<String, byte[]> entries = vectors();
    entries.put("labelz", npy("<i8", "4,", longs(1, 1, 0, 0)));
    byte[] whole = Files.readAllBytes(zip(entries));
    String text =
        new String(whole, StandardCharsets.ISO_8859_1).replace("labelz.npy", "labels.npy");
    Path path =
        Files.write(folder.resolve("twice.npz"), text.getBytes(StandardCharsets.ISO_8859_1));
    assertFails(InputException.class, () -> load(path), "labels", "more than once");
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
    assertRefused("features", npy("<U1", "4, 1", new byte[16]), "type <U1");
    assertRefused("features", npy("<c8", "4, 1", new byte[32]), "type <c8");
    assertRefused("labels", npy("<U9999", "4,", new byte[16]), "type <U9999");
    assertRefused("labels", npy("<i8", "4,", longs(0, 0, 0, 0)), "at least 2 are needed");
    assertRefused("labels", npy("|S2", "4,", new byte[8]), "label of sample 0 is empty");
    assertRefused("labels", npy("|S1", "4,", new byte[] {'a', -1, 'a', 'b'}), "1 is no text");
    assertRefused(
        "labels",
        npy("<U1", "4,", new byte[] {0, 0, 0, 65, 0, 0, 0, 66, 0, 0, 0, 67, 1, 1, 1, 1}),
        "is no text");
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
