package org.raphe.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.raphe.tensor.SafeTensorsBytes.entry;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;

/** Seeded mutations of small files: the reader takes them or refuses them in one line. */
class SafeTensorsFuzzTest {
  private static final int MUTATIONS = 20_000;
  private static final long MOST_BYTES = 1 << 20;
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "-",
          "0",
          "9",
          "2147483647",
          "9223372036854775807",
          "99999999999999999999",
          "1e308",
          "null",
          "true",
          "\\u0000",
          "\n",
          "F32",
          "F64",
          "shape",
          "[65536,65536]",
          "[0,2147483647]",
          "data_offsets",
          "__metadata__",
          "\"a\":{}");

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static List<byte[]> seeds() {
    return List.of(
        SafeTensorsBytes.of("{" + entry("a", "[2,2]", 0, 16) + "}", 1, 2, 3, 4),
        SafeTensorsBytes.of(
            "{\"__metadata__\":{\"format\":\"x\"},"
                + entry("w", "[3,1]", 0, 12)
                + ","
                + entry("b", "[1]", 12, 16)
                + "}   ",
            1,
            2,
            3,
            4),
        SafeTensorsBytes.of("{" + entry("e", "[0,7]", 0, 0) + "}"),
        SafeTensorsBytes.of("{}"));
  }

  @Test
  void mutationsAreReadOrRefusedInOneLine() throws IOException {
    Random random = new Random(20_26);
    List<byte[]> seeds = seeds();
    for (byte[] seed : seeds) {
      SafeTensors.read("seed", new BytesChannel(seed));
    }
    int refused = 0;
    for (int k = 0; k < MUTATIONS; k++) {
      byte[] mutant = seeds.get(k % seeds.size());
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        mutant = mutate(mutant, random);
      }
      refused += isRefused(mutant, k) ? 1 : 0;
    }
    assertTrue(refused > MUTATIONS / 2, refused + " of " + MUTATIONS + " were refused");
    assertTrue(refused < MUTATIONS, "a mutation of a value must be read");
  }

  private static boolean isRefused(byte[] mutant, int number) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean refused = false;
    try {
      SafeTensors.read("mutant", new BytesChannel(mutant));
    } catch (InputException e) {
      refused = true;
      assertTrue(e.getMessage().matches("\\P{Cntrl}{1,1200}"), e.getMessage());
    } catch (RuntimeException | Error e) {
      fail("mutation " + number + " gave " + e, e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_BYTES, "mutation " + number + " took " + allocated + " bytes");
    return refused;
  }

  private static byte[] mutate(byte[] file, Random random) {
    byte[] changed = file.clone();
    int at = file.length == 0 ? 0 : random.nextInt(file.length);
    switch (random.nextInt(7)) {
      case 0:
        return Arrays.copyOf(file, at);
      case 1:
        return insert(file, at, TOKENS.get(random.nextInt(TOKENS.size())), random.nextBoolean());
      case 2:
        return cut(file, at, 1 + random.nextInt(8));
      case 3:
        return Arrays.copyOf(file, file.length + 1 + random.nextInt(20));
      case 4:
        return flip(changed, random.nextInt(8), random);
      default:
        return flip(changed, at, random);
    }
  }

  private static byte[] flip(byte[] file, int at, Random random) {
    if (at < file.length) {
      file[at] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  /** Inserts a text, and where asked makes the header length agree again. */
  private static byte[] insert(byte[] file, int at, String token, boolean keepLength) {
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    byte[] longer = Arrays.copyOf(file, file.length + text.length);
    System.arraycopy(text, 0, longer, at, text.length);
    System.arraycopy(file, at, longer, at + text.length, file.length - at);
    if (keepLength && at >= 8) {
      longer[0] += (byte) text.length;
    }
    return longer;
  }

  private static byte[] cut(byte[] file, int at, int count) {
    int end = Math.min(file.length, at + count);
    byte[] shorter = Arrays.copyOf(file, file.length - (end - at));
    System.arraycopy(file, end, shorter, at, file.length - end);
    if (at >= 8) {
      shorter[0] -= (byte) (end - at);
    }
    return shorter;
  }
}
