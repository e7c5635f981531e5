package org.raphe.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small IDX files for tests. */
final class IdxBytes {
  private IdxBytes() {}

  /** Any IDX file: the words of the header, then the elements. */
  static byte[] file(int[] header, byte... elements) {
    ByteBuffer file = ByteBuffer.allocate(4 * header.length + elements.length);
    for (int word : header) {
      file.putInt(word);
    }
    return file.put(elements).array();
  }

  /** Images whose pixel at position p of the file is p mod 251. */
  static byte[] images(int count, int rows, int columns) {
    byte[] pixels = new byte[count * rows * columns];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (byte) (p % 251);
    }
    return file(new int[] {IdxReader.IMAGES_MAGIC, count, rows, columns}, pixels);
  }

  /** Labels 0, 1, ... 9, 0, ... */
  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int k = 0; k < count; k++) {
      labels[k] = (byte) (k % 10);
    }
    return file(new int[] {IdxReader.LABELS_MAGIC, count}, labels);
  }

  static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Four files of 12 training and 5 test images of 28 x 28, two of them compressed. */
  static void writeFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(MnistFiles.TRAIN_IMAGES + ".gz"), gzip(images(12, 28, 28)));
    Files.write(folder.resolve(MnistFiles.TRAIN_LABELS), labels(12));
    Files.write(folder.resolve(MnistFiles.TEST_IMAGES), images(5, 28, 28));
    Files.write(folder.resolve(MnistFiles.TEST_LABELS + ".gz"), gzip(labels(5)));
  }
}
