package org.raphe.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.network.InputShape;

/**
 * Reads IDX files, the format of the MNIST database: a big-endian magic number 0x0000TTDD (TT the
 * element type, DD the number of dimensions), DD sizes of 4 bytes each, then the elements. Only the
 * two kinds that MNIST has are read: unsigned bytes of three dimensions (images, 0x00000803) and of
 * one (labels, 0x00000801).
 *
 * <p>A file is untrusted: the header bounds what is read, and no more memory is taken than the file
 * truly fills. Whatever is wrong is an {@link InputException} of one line that names file, offset,
 * field, what was expected and what was found.
 *
 * <p>Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", file formats.
 */
public final class IdxReader {
  /** Magic number of a file of images: unsigned bytes, three dimensions. */
  public static final int IMAGES_MAGIC = 0x00000803;

  /** Magic number of a file of labels: unsigned bytes, one dimension. */
  public static final int LABELS_MAGIC = 0x00000801;

  /** Most elements that a file may promise, in bytes: 256 MiB. */
  public static final int MAX_BYTES = 1 << 28;

  private final String source;
  private final InputStream in;
  private long offset;

  private IdxReader(String source, InputStream in) {
    this.source = source;
    this.in = in;
  }

  /**
   * Reads a file of images to its end.
   *
   * @param source what messages call the file
   * @param in the uncompressed file; not closed
   * @throws InputException if it is not a whole file of images with at most {@link #MAX_BYTES}
   *     pixels, or cannot be read
   */
  public static IdxImages readImages(String source, InputStream in) {
    var reader = new IdxReader(source, in);
    reader.magic(IMAGES_MAGIC);
    int count = reader.size("number of images", MAX_BYTES);
    int rows = reader.size("rows of an image", InputShape.MAX_SIZE);
    int columns = reader.size("columns of an image", InputShape.MAX_SIZE);
    if ((long) rows * columns > InputShape.MAX_SIZE) {
      throw reader.fault(
          8, "image size", "at most " + InputShape.MAX_SIZE + " pixels", rows + " x " + columns);
    }
    // The sizes are at most 2^28 and 2^24, so that the product fits a long.
    byte[] pixels = reader.elements("pixels", (long) count * rows * columns);
    return new IdxImages(count, rows, columns, pixels);
  }

  /**
   * Reads a file of labels to its end.
   *
   * @param source what messages call the file
   * @param in the uncompressed file; not closed
   * @param classes K: labels lie in 0..K-1
   * @return N labels
   * @throws InputException if it is not a whole file of labels, a label is out of range, or it
   *     cannot be read
   */
  public static int[] readLabels(String source, InputStream in, int classes) {
    var reader = new IdxReader(source, in);
    reader.magic(LABELS_MAGIC);
    int count = reader.size("number of labels", MAX_BYTES);
    long start = reader.offset;
    byte[] elements = reader.elements("labels", count);
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      labels[k] = elements[k] & 0xff;
      if (labels[k] >= classes) {
        throw reader.fault(
            start + k, "label of sample " + k, "0.." + (classes - 1), String.valueOf(labels[k]));
      }
    }
    return labels;
  }

  private void magic(int expected) {
    int found = word("magic number");
    if (found != expected) {
      throw fault(0, "magic number", kind(expected), kind(found));
    }
  }

  private int size(String field, int largest) {
    long at = offset;
    long found = Integer.toUnsignedLong(word(field));
    if (found < 1 || found > largest) {
      throw fault(at, field, "1.." + largest, String.valueOf(found));
    }
    return (int) found;
  }

  private int word(String field) {
    byte[] bytes = read(4);
    if (bytes.length < 4) {
      throw fault(offset, field, "4 bytes", bytes.length + ": the file is cut short");
    }
    offset += 4;
    return ByteBuffer.wrap(bytes).getInt();
  }

  private byte[] elements(String field, long expected) {
    if (expected > MAX_BYTES) {
      throw fault(4, field, "at most " + MAX_BYTES + " bytes", expected + " promised");
    }
    byte[] elements = read((int) expected);
    if (elements.length < expected) {
      throw fault(offset, field, expected + " bytes", elements.length + ": the file is cut short");
    }
    offset += expected;
    if (read(1).length > 0) {
      throw fault(offset, "end of file", "no further byte", "trailing bytes");
    }
    return elements;
  }

  /** Up to {@code count} bytes; memory grows with what arrives, not with what was promised. */
  private byte[] read(int count) {
    try {
      return in.readNBytes(count);
    } catch (IOException e) {
      throw new InputException(
          "cannot read "
              + source
              + " after offset "
              + offset
              + ": "
              + IoFailure.reason(e)
              + "; check the file or fetch it again",
          e);
    }
  }

  private InputException fault(long at, String field, String expected, String found) {
    return new InputException(
        source
            + ": offset "
            + at
            + ", "
            + field
            + ": expected "
            + expected
            + ", found "
            + found
            + "; give an intact IDX file");
  }

  private static String kind(int magic) {
    String hex = String.format("0x%08x", magic);
    if (magic == IMAGES_MAGIC) {
      return hex + " (images)";
    }
    if (magic == LABELS_MAGIC) {
      return hex + " (labels)";
    }
    if (magic >>> 16 == 0x1f8b) {
      return hex + " (a gzip file; its name must end in .gz)";
    }
    String type = magic >>> 16 == 0 ? elementType(magic >>> 8) : null;
    return type == null
        ? hex + " (not IDX)"
        : hex + " (IDX of " + type + " in " + (magic & 0xff) + " dimension(s), not supported)";
  }

  private static String elementType(int code) {
    return switch (code) {
      case 0x08 -> "unsigned bytes";
      case 0x09 -> "signed bytes";
      case 0x0b -> "16-bit integers";
      case 0x0c -> "32-bit integers";
      case 0x0d -> "float32";
      case 0x0e -> "float64";
      default -> null;
    };
  }
}
