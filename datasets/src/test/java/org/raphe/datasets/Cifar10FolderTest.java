package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.raphe.datasets.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.network.InputShape;

/** Small files in the format of the published ones. */
class Cifar10FolderTest {
  private static final int RECORD = 3073;

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    for (int file = 1; file <= 5; file++) {
      Files.write(folder.resolve("data_batch_" + file + ".bin"), records(2, file));
    }
    Files.write(folder.resolve("test_batch.bin"), records(1, 9));
  }

  /** Record k of a file has label (file + k) mod 10; its planes are 10, 20 and 30, but for one. */
  private static byte[] records(int count, int file) {
    byte[] records = new byte[count * RECORD];
    for (int k = 0; k < count; k++) {
      records[k * RECORD] = (byte) ((file + k) % 10);
      for (int plane = 0; plane < 3; plane++) {
        int from = k * RECORD + 1 + 1024 * plane;
        Arrays.fill(records, from, from + 1024, (byte) (10 * (plane + 1)));
        records[from + 33] = (byte) (200 + plane);
      }
    }
    return records;
  }

  private Dataset load() {
    return DatasetCatalog.load("cifar-10", DatasetOptions.defaults().withDataFolder(folder));
  }

  @Test
  void planesBecomePixels() {
    Dataset cifar = load();
    assertEquals(new InputShape(32, 32, 3), cifar.train().shape());
    assertEquals(10, cifar.train().size());
    assertEquals(10, cifar.train().classes());
    assertEquals(3, cifar.train().label(3), "second record of the second file");
    assertEquals(3, cifar.train().label(4), "first record of the third file");
    assertEquals(9, cifar.test().label(0));
    assertEquals(10 / 255f, cifar.train().feature(7, 0), "red");
    assertEquals(20 / 255f, cifar.train().feature(7, 1), "green");
    assertEquals(30 / 255f, cifar.train().feature(7, 3071), "blue");
    assertEquals(202 / 255f, cifar.train().feature(7, (32 + 1) * 3 + 2), "row 1, column 1");
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws IOException {
    assertFails(
        InputException.class,
        () -> DatasetCatalog.load("cifar-10", DatasetOptions.defaults()),
        "cifar-10",
        "as the data folder");
    Path third = folder.resolve("data_batch_3.bin");
    byte[] whole = Files.readAllBytes(third);
    Files.write(third, Arrays.copyOf(whole, RECORD + 5));
    assertFails(InputException.class, this::load, "data_batch_3.bin", "3073 bytes");
    whole[RECORD] = 10;
    Files.write(third, whole);
    assertFails(InputException.class, this::load, "data_batch_3.bin", "record 1 is 10");
    Files.write(third, new byte[0]);
    assertFails(InputException.class, this::load, "data_batch_3.bin", "size");
    Files.delete(third);
    assertFails(InputException.class, this::load, "no file", "data_batch_3.bin");
  }
}
