package org.raphe.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jhdf.checksum.ChecksumUtils;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;

/** NIR files that are damaged, by accident or on purpose: read, or refused in one line. */
class HostileFilesTest {
  private static final int MUTATIONS = 100_000;

  /** A file's own bytes are some tens of thousands. */
  private static final long MOST_BYTES = 16 << 20;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long[] SIZES = {
    0, 1, -1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, Long.MAX_VALUE, 1L << 40, 96, 800
  };

  @TempDir Path folder;

  private byte[] ours() throws Exception {
    Path nir = folder.resolve("model.nir");
    NirFile.write(nir, NirModels.of("4-3-2", 8), NirFile.STEP);
    return Files.readAllBytes(nir);
  }

  private static byte[] theirs() throws Exception {
    try (InputStream in = NirFileTest.class.getResourceAsStream("small-h5py.nir")) {
      return in.readAllBytes();
    }
  }

  private static NirFile.Imported read(byte[] file) {
    return NirFile.read("mutant", file, NirFile.Given.NOTHING);
  }

  @Test
  void mutationsAreReadOrRefusedInOneLine() throws Exception {
    Random random = new Random(20_26);
    List<byte[]> seeds = List.of(ours(), theirs());
    seeds.forEach(HostileFilesTest::read);
    int[] refused = new int[seeds.size()];
    long slowest = 0;
    for (int k = 0; k < MUTATIONS; k++) {
      int seed = k % seeds.size();
      byte[] mutant = mutated(seeds.get(seed), random);
      long from = System.nanoTime();
      refused[seed] += isRefused(mutant, k) ? 1 : 0;
      slowest = Math.max(slowest, System.nanoTime() - from);
    }
    for (int count : refused) {
      assertTrue(count > MUTATIONS / 10, "refused " + Arrays.toString(refused));
      assertTrue(count < MUTATIONS / 2, "a change of a value is read: " + Arrays.toString(refused));
    }
    assertTrue(slowest < 10_000_000_000L, "one took " + slowest + " ns");
  }

  private static boolean isRefused(byte[] mutant, int number) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean refused = false;
    try {
      read(mutant);
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

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] file = seed.clone();
    for (int times = 1 + random.nextInt(6); times > 0; times--) {
      int at = place(file, random);
      switch (random.nextInt(8)) {
        case 0 -> file[at] = (byte) random.nextInt();
        case 1 -> put(file, at, 8, SIZES[random.nextInt(SIZES.length)]);
        case 2 -> put(file, at, 4, SIZES[random.nextInt(SIZES.length)]);
        case 3 -> put(file, at, 2, SIZES[random.nextInt(SIZES.length)]);
        case 4 -> put(file, at, 8, place(file, random));
        case 5 ->
            System.arraycopy(
                file, place(file, random) / 2, file, at, Math.min(24, file.length - at));
        default -> file[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    if (random.nextInt(20) == 0) {
      file = Arrays.copyOf(file, random.nextInt(file.length));
    }
    return random.nextBoolean() ? withChecksums(file) : file;
  }

  /** Mostly where something stands, and not in the zeros between. */
  private static int place(byte[] file, Random random) {
    int at = random.nextInt(file.length);
    for (int tries = 0; tries < 8 && file[at] == 0; tries++) {
      at = random.nextInt(file.length);
    }
    return at;
  }

  private static void put(byte[] file, int at, int count, long value) {
    for (int k = 0; k < count && at + k < file.length; k++) {
      file[at + k] = (byte) (value >>> 8 * k);
    }
  }

  /** Makes the checksums of all headers right again, so that what they guard is read. */
  private static byte[] withChecksums(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 14 < file.length; at++) {
      if (file[at] == 'O' && file[at + 1] == 'H' && file[at + 2] == 'D' && file[at + 3] == 'R') {
        long end = 10L + bytes.getInt(at + 6) + at;
        if (end > at && end + 4 <= file.length) {
          ByteBuffer header = bytes.slice(at, (int) (end - at)).order(ByteOrder.LITTLE_ENDIAN);
          bytes.putInt((int) end, ChecksumUtils.checksum(header));
        }
      }
    }
    return file;
  }

  private static void assertRefused(byte[] file, String... parts) {
    InputException refused =
        assertTimeout(
            Duration.ofSeconds(10), () -> assertThrows(InputException.class, () -> read(file)));
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  private static int find(byte[] file, String text, int from) {
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(text, from);
    assertTrue(at >= 0, text);
    return at;
  }

  /** A tree of links whose first child is itself. */
  @Test
  void partsThatLeadBackToThemselvesAreRefused() throws Exception {
    byte[] file = theirs();
    int tree = find(file, "TREE", 0);
    file[tree + 5] = 1;
    put(file, tree + 32, 8, tree);
    assertRefused(file, "reached in two ways");
  }

  /** Two members of a group that are one object. */
  @Test
  void objectsThatAreReachedTwiceAreRefused() throws Exception {
    byte[] file = theirs();
    int table = find(file, "SNOD", find(file, "SNOD", 0) + 1);
    assertEquals(2, Math.min(2, file[table + 6]));
    System.arraycopy(file, table + 16, file, table + 56, 8);
    assertRefused(file, "reached in two ways");
  }

  /** A few bytes that would unpack to a thousand times as many. */
  @Test
  void chunksThatUnpackToMoreThanTheyShouldAreRefused() throws Exception {
    byte[] file = theirs();
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(9);
    deflater.setInput(new byte[1 << 22]);
    deflater.finish();
    byte[] packed = new byte[1 << 14];
    int length = deflater.deflate(packed);
    deflater.end();
    byte[] longer = Arrays.copyOf(file, file.length + length);
    System.arraycopy(packed, 0, longer, file.length, length);
    int tree = find(file, "TREE\u0001\u0000", 0);
    put(longer, tree + 24, 4, length);
    int rank = 0;
    while (ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(tree + 32 + 8 * rank)
        == 0) {
      rank++;
    }
    put(longer, tree + 32 + 8 * rank, 8, file.length);
    assertRefused(longer, "as many values");
  }

  @Test
  void linksToOtherFilesAreRefused() throws Exception {
    byte[] file = theirs();
    int table = find(file, "SNOD", find(file, "SNOD", 0) + 1);
    file[table + 8 + 16] = 2;
    assertRefused(file, "leads elsewhere");
  }

  @Test
  void valuesThatAreNotInTheFileAreRefused() throws Exception {
    byte[] file = ours();
    assertRefused(Arrays.copyOf(file, file.length - 200), "damaged");
    assertRefused(Arrays.copyOf(file, 90), "no HDF5 file");
    assertRefused(new byte[0], "no HDF5 file");
  }

  @Test
  void valuesAreCountedBeforeMemoryIsTaken() throws Exception {
    byte[] file = ours();
    Hdf5Check.check(file, 1 << 14);
    InputException refused =
        assertThrows(InputException.class, () -> Hdf5Check.check(file, 1 << 8));
    assertTrue(refused.getMessage().contains("more than 256 bytes"), refused.getMessage());
  }
}
