package org.raphe.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * CIFAR-10's binary version: {@code data_batch_1.bin} to {@code data_batch_5.bin} to learn from and
 * {@code test_batch.bin} to test. A file is a row of records of 3073 bytes: the label, 0 to 9, then
 * 1024 bytes of red, of green and of blue, each a 32 x 32 image row by row. They are kept pixel by
 * pixel, red then green then blue, as other images are.
 *
 * <p>Source: Krizhevsky, "The CIFAR-10 dataset", binary version.
 */
final class Cifar10Folder {
  private static final InputShape SHAPE = new InputShape(32, 32, 3);
  private static final int PLANE = 32 * 32;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final ClassNames CLASS_NAMES =
      new ClassNames(
          List.of(
              "airplane",
              "automobile",
              "bird",
              "cat",
              "deer",
              "dog",
              "frog",
              "horse",
              "ship",
              "truck"));
  private static final int CLASSES = CLASS_NAMES.size();
  private static final List<String> TRAIN =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");

  /** A file of the published set has 10,000 records. */
  private static final int MAX_RECORDS = 10_000;

  private Cifar10Folder() {}

  /**
   * Reads the six files of a folder.
   *
   * @throws InputException if one is missing or damaged
   */
  static Dataset read(Path folder) {
    return new Dataset(
        "cifar-10",
        samples("cifar-10/train", folder, TRAIN),
        samples("cifar-10/test", folder, List.of("test_batch.bin")),
        CLASS_NAMES);
  }

  private static Samples samples(String name, Path folder, List<String> files) {
    byte[] pixels = new byte[0];
    int[] labels = new int[0];
    for (String file : files) {
      byte[] records = records(folder.resolve(file));
      int before = labels.length;
      int count = records.length / RECORD;
      pixels = Arrays.copyOf(pixels, (before + count) * SHAPE.size());
      labels = Arrays.copyOf(labels, before + count);
      for (int k = 0; k < count; k++) {
        labels[before + k] = records[k * RECORD] & 0xff;
        if (labels[before + k] >= CLASSES) {
          throw new InputException(
              folder.resolve(file)
                  + ": label of record "
                  + k
                  + " is "
                  + labels[before + k]
                  + ", outside 0..9; give an intact file of CIFAR-10's binary version");
        }
        interleave(records, k * RECORD + 1, pixels, (before + k) * SHAPE.size());
      }
    }
    return Samples.ofPixels(name, SHAPE, CLASSES, pixels, labels);
  }

  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    for (int pixel = 0; pixel < PLANE; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        pixels[to + 3 * pixel + channel] = planes[from + channel * PLANE + pixel];
      }
    }
  }

  private static byte[] records(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "cannot read cifar-10: there is no file "
              + file
              + "; give the folder of CIFAR-10's binary version, which holds "
              + TRAIN.get(0)
              + " to 5 and test_batch.bin");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] records = in.readNBytes(MAX_RECORDS * RECORD + 1);
      if (records.length == 0
          || records.length % RECORD != 0
          || records.length > MAX_RECORDS * RECORD) {
        throw new InputException(
            file
                + ": its size is no 1.."
                + MAX_RECORDS
                + " records of "
                + RECORD
                + " bytes; give an intact file of CIFAR-10's binary version");
      }
      return records;
    } catch (IOException e) {
      throw new InputException("cannot read " + file + ": " + IoFailure.reason(e), e);
    }
  }
}
