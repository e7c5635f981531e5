package org.raphe.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.InputException;

/**
 * An array of NumPy's {@code .npy} format, versions 1 to 3: {@code 0x93 NUMPY}, version, length of
 * the header, a header such as {@code {'descr': '<f4', 'fortran_order': False, 'shape': (60, 4)}},
 * then the elements, of a {@link NpyType}. Those in Fortran's order are brought into C's.
 *
 * <p>It is untrusted: the header bounds what is read, sizes are checked before memory is taken, and
 * no more is taken than arrives.
 *
 * <p>Source: NumPy documentation, numpy.lib.format.
 */
final class NpyArray {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{0,100})\\)");

  private final String source;
  private final NpyType type;
  private final int[] shape;
  private final byte[] elements;

  private NpyArray(String source, NpyType type, int[] shape, byte[] elements) {
    this.source = source;
    this.type = type;
    this.shape = shape;
    this.elements = elements;
  }

  /**
   * Reads an array to its end.
   *
   * @param source what messages call it
   * @param in not closed
   * @param most elements it may have at most
   * @throws InputException if it is no array of a known type, or cut short
   * @throws IOException if reading fails
   */
  static NpyArray read(String source, InputStream in, int most) throws IOException {
    String header = header(source, in);
    NpyType type = NpyType.of(source, field(source, header, DESCR, "descr"));
    boolean fortran = field(source, header, ORDER, "fortran_order").equals("True");
    int[] shape = shape(source, field(source, header, SHAPE, "shape"), most);
    long size = type.bytes();
    for (int side : shape) {
      size *= side;
    }
    if (size > Integer.MAX_VALUE - 64) {
      throw new InputException(source + ": " + size + " bytes; give fewer samples");
    }
    byte[] elements = in.readNBytes((int) size);
    if (elements.length < size || in.read() >= 0) {
      throw new InputException(
          source + ": its shape needs " + size + " bytes, but it has fewer or more");
    }
    byte[] ordered = fortran ? rowMajor(elements, shape, type.bytes()) : elements;
    return new NpyArray(source, type, shape, ordered);
  }

  /** Elements whose first index runs fastest, so that the last one does. */
  private static byte[] rowMajor(byte[] elements, int[] shape, int bytes) {
    byte[] ordered = new byte[elements.length];
    int[] index = new int[shape.length];
    for (int at = 0; at < ordered.length; at += bytes) {
      int from = 0;
      for (int k = shape.length - 1; k >= 0; k--) {
        from = from * shape[k] + index[k];
      }
      System.arraycopy(elements, from * bytes, ordered, at, bytes);
      for (int k = shape.length - 1; k >= 0 && ++index[k] == shape[k]; k--) {
        index[k] = 0;
      }
    }
    return ordered;
  }

  private static String header(String source, InputStream in) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
      throw new InputException(source + ": not an array of NumPy's .npy format");
    }
    if (start[6] < 1 || start[6] > 3) {
      throw new InputException(
          source + ": .npy version " + start[6] + "; versions 1, 2 and 3 are read");
    }
    int lengthBytes = start[6] == 1 ? 2 : 4;
    byte[] length = Arrays.copyOf(in.readNBytes(lengthBytes), 8);
    long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (size > MAX_HEADER) {
      throw new InputException(source + ": a header of " + size + " bytes; it is damaged");
    }
    byte[] header = in.readNBytes((int) size);
    if (header.length < size) {
      throw new InputException(source + ": it is cut short within its header");
    }
    return new String(header, StandardCharsets.UTF_8);
  }

  private static String field(String source, String header, Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new InputException(source + ": its header names no usable " + name);
    }
    return matcher.group(1);
  }

  private static int[] shape(String source, String text, int most) {
    int[] sides;
    try {
      sides =
          Arrays.stream(text.split(","))
              .map(String::strip)
              .filter(side -> !side.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
    } catch (NumberFormatException e) {
      throw new InputException(source + ": shape (" + text + ") is not usable", e);
    }
    long size = 1;
    for (int side : sides) {
      size *= side;
      if (side < 1 || size > most) {
        throw new InputException(
            source
                + ": shape ("
                + text
                + ") is not usable: every side is at least 1 and the product at most "
                + most);
      }
    }
    if (sides.length == 0) {
      throw new InputException(source + ": it is a single number, not an array");
    }
    return sides;
  }

  String source() {
    return source;
  }

  int dimensions() {
    return shape.length;
  }

  int dimension(int k) {
    return shape[k];
  }

  /** Whether elements are uint8. */
  boolean isBytes() {
    return type.isByte();
  }

  /** Whether elements are texts. */
  boolean isText() {
    return type.isText();
  }

  /** The elements of a uint8 array, not a copy. */
  byte[] bytes() {
    return elements;
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(elements).order(type.order());
  }

  /**
   * The elements of an array of numbers or truth values, rounded to float32.
   *
   * @throws InputException if it holds texts
   */
  float[] floats() {
    if (isText()) {
      throw new InputException(
          source + ": features of type " + type + "; read are numbers and truth values");
    }
    float[] values = new float[elements.length / type.bytes()];
    ByteBuffer buffer = buffer();
    for (int k = 0; k < values.length; k++) {
      values[k] = type.floatOf(buffer);
    }
    return values;
  }

  /**
   * The elements of a one-dimensional array of integers or truth values.
   *
   * @param largest what they may be at most; the least is 0
   * @throws InputException if it is of another type or shape, or a number is out of range
   */
  int[] wholeNumbers(int largest) {
    requireLabels(type.isWhole());
    int[] values = new int[shape[0]];
    ByteBuffer buffer = buffer();
    for (int k = 0; k < values.length; k++) {
      long value = type.wholeOf(buffer);
      if (value < 0 || value > largest) {
        throw new InputException(
            source + ": label of sample " + k + " is " + value + ", outside 0.." + largest);
      }
      values[k] = (int) value;
    }
    return values;
  }

  /**
   * The elements of a one-dimensional array of texts, without spaces around them.
   *
   * @throws InputException if it is of another type or shape, or one is no text or empty
   */
  List<String> texts() {
    requireLabels(isText());
    List<String> values = new ArrayList<>();
    for (int k = 0; k < shape[0]; k++) {
      String value = type.textOf(elements, k * type.bytes());
      if (value == null || value.isBlank()) {
        throw new InputException(
            source + ": label of sample " + k + (value == null ? " is no text" : " is empty"));
      }
      values.add(value.strip());
    }
    return values;
  }

  private void requireLabels(boolean known) {
    if (shape.length != 1 || !known) {
      throw new InputException(
          source
              + ": labels are one whole number or text a sample, but this has "
              + shape.length
              + " dimension(s) of type "
              + type);
    }
  }
}
