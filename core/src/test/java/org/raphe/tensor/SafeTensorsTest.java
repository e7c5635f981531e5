package org.raphe.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;
import static org.raphe.tensor.SafeTensorsBytes.entry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;

class SafeTensorsTest {
  private static final float[] FOUR = {1, 2, 3, 4};

  @TempDir Path folder;

  private void assertRefused(byte[] content, String... parts) {
    assertFails(
        InputException.class,
        () -> SafeTensorsBytes.read(folder, content),
        concat("not a usable safetensors file", parts));
  }

  private static String[] concat(String first, String[] others) {
    String[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = first;
    return all;
  }

  private static Map<String, Tensor> strangeValues() {
    float[] values = new float[70_000];
    Random random = new Random(3);
    for (int k = 0; k < values.length; k++) {
      values[k] = Float.intBitsToFloat(random.nextInt() & 0x7f7fffff);
    }
    values[0] = -0f;
    values[1] = Float.MIN_VALUE;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("odd \" \u00e9 name", new Tensor(List.of(1), new float[] {0.1f}));
    tensors.put("none", new Tensor(List.of(0, 5), new float[0]));
    tensors.put("many", new Tensor(List.of(7, 10_000), values));
    tensors.put("scalar", new Tensor(List.of(), new float[] {-3}));
    return tensors;
  }

  @Test
  void whatIsWrittenReadsBackBitForBit() throws IOException {
    Map<String, Tensor> tensors = strangeValues();
    Path path = folder.resolve("all.safetensors");
    new SafeTensors(Map.of("key", "a \"text\"\nof two lines"), tensors).write(path);
    SafeTensors back = SafeTensors.read(path);
    assertEquals(Map.of("key", "a \"text\"\nof two lines"), back.metadata());
    assertEquals(tensors.keySet(), back.tensors().keySet());
    for (String name : tensors.keySet()) {
      assertEquals(tensors.get(name).shape(), back.tensors().get(name).shape());
      assertArrayEquals(bits(tensors.get(name)), bits(back.tensors().get(name)), name);
    }
  }

  private static int[] bits(Tensor tensor) {
    int[] bits = new int[tensor.values().length];
    Arrays.setAll(bits, k -> Float.floatToRawIntBits(tensor.values()[k]));
    return bits;
  }

  @Test
  void layoutIsTheStandards() throws IOException {
    Path path = folder.resolve("one.safetensors");
    new SafeTensors(Map.of(), Map.of("w", new Tensor(List.of(1, 2), new float[] {1, -2})))
        .write(path);
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong();
    assertEquals(0, header % 8, "values begin at a multiple of 8");
    byte[] json = new byte[header];
    file.get(json);
    assertEquals(
        "{\"__metadata__\":{}," + entry("w", "[1,2]", 0, 8) + "}",
        new String(json).stripTrailing());
    assertEquals(1f, file.getFloat());
    assertEquals(-2f, file.getFloat());
    assertEquals(0, file.remaining());
  }

  @Test
  void entriesInAnyOrderAreReadByOffset() throws IOException {
    byte[] file =
        SafeTensorsBytes.of(
            "{" + entry("b", "[1]", 12, 16) + "," + entry("a", "[3]", 0, 12) + "}", FOUR);
    SafeTensors read = SafeTensorsBytes.read(folder, file);
    assertArrayEquals(new float[] {1, 2, 3}, read.tensors().get("a").values());
    assertArrayEquals(new float[] {4}, read.tensors().get("b").values());
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = SafeTensorsBytes.of("{" + entry("a", "[2,2]", 0, 16) + "}", FOUR);
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length));
    }
    assertRefused(Arrays.copyOf(whole, whole.length + 1), "describes 16 bytes", "holds 17");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, 1L << 24, 1L << 32, 1L << 40})
  void headerLengthsBeyondTheFileAreRefused(long length) {
    byte[] file = SafeTensorsBytes.of("{" + entry("a", "[4]", 0, 16) + "}", FOUR);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    assertRefused(file, Long.toUnsignedString(length));
  }

  @Test
  void overlapGapAndUncoveredEndAreRefused() {
    String first = "{" + entry("a", "[2]", 0, 8) + ",";
    assertRefused(
        SafeTensorsBytes.of(first + entry("b", "[3]", 4, 16) + "}", FOUR), "\"b\" at 4", "at 8");
    assertRefused(
        SafeTensorsBytes.of(first + entry("b", "[1]", 12, 16) + "}", FOUR), "\"b\" at 12", "at 8");
    assertRefused(SafeTensorsBytes.of(first + entry("b", "[1]", 8, 12) + "}", FOUR), "holds 16");
    assertRefused(SafeTensorsBytes.of("{" + entry("a", "[3]", 4, 16) + "}", FOUR), "at 4");
    assertRefused(SafeTensorsBytes.of(first + entry("b", "[2]", 0, 8) + "}", FOUR), "\"b\" at 0");
  }

  @Test
  void duplicatesAreRefused() {
    String one = entry("a", "[2]", 0, 8);
    assertRefused(SafeTensorsBytes.of("{" + one + "," + one + "}", 1, 2), "Duplicate field 'a'");
    assertRefused(
        SafeTensorsBytes.of("{" + one + ",\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[4]|0,12",
        "[4]|0,20",
        "[3]|0,16",
        "[2,3]|0,16",
        "[-4]|0,16",
        "[4.0]|0,16",
        "[\"4\"]|0,16",
        "[4294967300]|0,16",
        "4|0,16",
        "{}|0,16",
        "[4,0]|0,16",
        "[[4]]|0,16",
        "[1,1,1,1,1,1,1,1,4]|0,16",
        "[4]|0",
        "[4]|0,16,16",
        "[4]|16,0",
        "[4]|-16,0",
        "[4]|0,16.0",
        "[4]|0.0,16",
        "[4]|\"0\",16",
        "[4]|0,99999999999999999999999",
        "[4]|0,1e999",
        "[2147483647,2147483647,2147483647]|0,16",
        "[536870912]|0,2147483648",
        "[65536,65536,65536,65536]|0,0",
        "[2147483647]|0,8589934588"
      })
  void shapesAndOffsetsThatDoNotFitAreRefused(String shapeAndOffsets) {
    String[] parts = shapeAndOffsets.split("\\|");
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%s]}}"
            .formatted(parts[0], parts[1]);
    assertRefused(SafeTensorsBytes.of(header, FOUR), "\"a\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16", "F64", "I32", "U8", "BOOL", "f32", ""})
  void otherTypesAreRefused(String type) {
    String header = "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[4],\"data_offsets\":[0,16]}}";
    assertRefused(SafeTensorsBytes.of(header, FOUR), "\"" + type + "\"", "only F32");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "null",
        "{",
        "{} x",
        "{}{}",
        "{'a':1}",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":[]}",
        "{\"__metadata__\":[]}",
        "{\"__metadata__\":1}",
        "{\"__metadata__\":{\"k\":1}}",
        "{\"__metadata__\":{\"k\":null}}",
        "{\"a\":NaN}",
        "\0\0\0"
      })
  void headersThatAreNoneAreRefused(String header) {
    assertRefused(SafeTensorsBytes.of(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepNestingIsRefused(String opening) {
    assertRefused(SafeTensorsBytes.of(opening.repeat(200_000)), "not JSON");
  }

  @Test
  void namesCannotBreakTheLine() {
    String header = "{\"a\\nraphe: all is well\\u001b[2J\":{\"dtype\":\"F32\"}}";
    assertRefused(SafeTensorsBytes.of(header), "all is well");
    assertRefused(SafeTensorsBytes.of("{\"" + "n".repeat(40_000) + "\":{}}"), "nnn...");
  }

  @Test
  void whatCannotBeOpenedIsNamed() {
    assertFails(
        InputException.class,
        () -> SafeTensors.read(folder.resolve("absent")),
        "cannot read",
        "absent");
    assertFails(InputException.class, () -> SafeTensors.read(folder), "cannot read");
  }

  @Test
  void shapeAndValuesOfATensorMustAgree() {
    assertTrue(new Tensor(List.of(0, 3), new float[0]).values().length == 0);
    assertFails(
        IllegalArgumentException.class, () -> new Tensor(List.of(2, 3), new float[5]), "[2, 3]");
  }
}
