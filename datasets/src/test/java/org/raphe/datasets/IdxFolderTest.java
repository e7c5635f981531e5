package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.raphe.datasets.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;

class IdxFolderTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("data");
    IdxBytes.writeFolder(folder);
  }

  private Dataset load(String name) {
    return DatasetCatalog.load(name, new DatasetOptions(folder, false, temporary.resolve("cache")));
  }

  private void assertLoadFails(String... parts) {
    assertFails(InputException.class, () -> load("fashion-mnist"), parts);
  }

  @Test
  void readsPlainAndCompressedFiles() throws Throwable {
    for (String name : new String[] {"mnist", "fashion-mnist"}) {
      Dataset[] loaded = new Dataset[1];
      String log = Failures.errorOutput(() -> loaded[0] = load(name));
      Dataset dataset = loaded[0];
      assertEquals(name, dataset.name());
      assertEquals(12, dataset.train().size());
      assertEquals(5, dataset.test().size());
      assertEquals(10, dataset.train().classes());
      assertEquals("28x28x1", dataset.train().shape().toString());
      assertEquals(1, dataset.train().label(11));
      assertEquals((784 * 11 + 783) % 251, dataset.train().pixels()[784 * 12 - 1] & 0xff);
      assertTrue(log.contains("differ from the published files"), log);
    }
    assertFalse(Files.exists(temporary.resolve("cache")), "a data folder needs no cache");
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(folder.resolve(MnistFiles.TRAIN_LABELS));
    Files.delete(folder.resolve(MnistFiles.TEST_LABELS + ".gz"));
    assertLoadFails("missing train-labels-idx1-ubyte, t10k-labels-idx1-ubyte", folder.toString());
  }

  @Test
  void folderMustBeOne() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    folder = file;
    assertLoadFails(file + ": not a folder");
    folder = temporary.resolve("nowhere");
    assertLoadFails("nowhere: no such folder");
  }

  @Test
  void folderInPlaceOfFileCountsAsMissing() throws IOException {
    Files.delete(folder.resolve(MnistFiles.TRAIN_LABELS));
    Files.createDirectory(folder.resolve(MnistFiles.TRAIN_LABELS));
    assertLoadFails("missing train-labels-idx1-ubyte");
  }

  @Test
  void missingRightsAreNamed() throws IOException {
    Path file = folder.resolve(MnistFiles.TRAIN_LABELS);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "this user may read everything");
    assertLoadFails("train-labels-idx1-ubyte: permission denied");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
    assertLoadFails(folder + ": permission denied");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void numbersOfImagesAndLabelsMustAgree() throws IOException {
    Files.write(folder.resolve(MnistFiles.TRAIN_LABELS), IdxBytes.labels(11));
    assertLoadFails("train-labels-idx1-ubyte: offset 4", "expected 12", "found 11");
  }

  @Test
  void imagesMustHaveMnistShape() throws IOException {
    Files.write(folder.resolve(MnistFiles.TEST_IMAGES), IdxBytes.images(5, 27, 28));
    assertLoadFails("t10k-images-idx3-ubyte: offset 8", "expected 28 x 28, found 27 x 28");
  }

  @Test
  void damagedCompressionIsNamed() throws IOException {
    Path file = folder.resolve(MnistFiles.TRAIN_IMAGES + ".gz");
    byte[] intact = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(intact, intact.length / 2));
    assertLoadFails("train-images-idx3-ubyte.gz", "the file is cut short");
    byte[] wrongSum = intact.clone();
    wrongSum[intact.length - 6] ^= 1;
    Files.write(file, wrongSum);
    assertLoadFails("train-images-idx3-ubyte.gz", "Corrupt GZIP trailer");
    Files.write(file, new byte[0]);
    assertLoadFails("train-images-idx3-ubyte.gz");
    Files.write(file, IdxBytes.images(12, 28, 28));
    assertLoadFails("train-images-idx3-ubyte.gz: Not in GZIP format");
  }

  /** 200 MB of zeros in 200 kB: refused after the 12 images that the header promises. */
  @Test
  void decompressionBombIsNotUnpacked() throws IOException {
    byte[] bomb = Arrays.copyOf(IdxBytes.images(12, 28, 28), 200_000_000);
    Files.write(folder.resolve(MnistFiles.TRAIN_IMAGES + ".gz"), IdxBytes.gzip(bomb));
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertLoadFails("train-images-idx3-ubyte.gz: offset 9424, end of file", "trailing bytes");
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(taken < 4 << 20, "took " + taken + " bytes");
  }
}
