package org.raphe.datasets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.InputException;

/**
 * The type of an array's elements, in NumPy's letters: truth values (b1), integers (i1 to i8, u1 to
 * u8), floating-point numbers (f2, f4, f8) and texts (U: code points of 4 bytes; S: bytes of
 * UTF-8), of little or big endian bytes.
 */
final class NpyType {
  private static final Pattern DESCR = Pattern.compile("([<>|])([biufUS])([1-9][0-9]{0,5})");
  private static final Map<Character, Set<Integer>> BYTES =
      Map.of(
          'b', Set.of(1), 'i', Set.of(1, 2, 4, 8), 'u', Set.of(1, 2, 4, 8), 'f', Set.of(2, 4, 8));

  /** Longest text that is a class's name, in characters. */
  private static final int MAX_TEXT = 1 << 12;

  private final String descr;
  private final char kind;
  private final int size;

  private NpyType(String descr, char kind, int size) {
    this.descr = descr;
    this.kind = kind;
    this.size = size;
  }

  /**
   * The type that a header names.
   *
   * @throws InputException if it is none that is read
   */
  static NpyType of(String source, String descr) {
    Matcher parts = DESCR.matcher(descr);
    if (parts.matches()) {
      char kind = parts.group(2).charAt(0);
      int size = Integer.parseInt(parts.group(3));
      boolean known = BYTES.containsKey(kind) ? BYTES.get(kind).contains(size) : size <= MAX_TEXT;
      boolean ordered = size == 1 || kind == 'S' || descr.charAt(0) != '|';
      if (known && ordered) {
        return new NpyType(descr, kind, size);
      }
    }
    throw new InputException(
        source
            + ": elements of type "
            + descr
            + "; read are truth values, integers, float16, float32, float64 and texts");
  }

  /** Bytes of an element. */
  int bytes() {
    return kind == 'U' ? 4 * size : size;
  }

  ByteOrder order() {
    return descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  boolean isByte() {
    return kind == 'u' && size == 1;
  }

  boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  boolean isWhole() {
    return kind == 'b' || kind == 'i' || kind == 'u';
  }

  /** The next element of numbers or truth values, rounded to float32. */
  float floatOf(ByteBuffer elements) {
    if (kind != 'f') {
      long whole = wholeOf(elements);
      return kind == 'u' && whole < 0 ? (whole >>> 1 | whole & 1) * 2f : whole;
    }
    return switch (size) {
      case 2 -> half(elements.getShort());
      case 4 -> elements.getFloat();
      default -> (float) elements.getDouble();
    };
  }

  /** IEEE 754 binary16, exactly. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size;
    if (exponent == 0x1f) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((float) fraction, -24);
    } else {
      size = Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -size : size;
  }

  /** The next element of whole numbers or truth values; below 0 a uint64 that no long holds. */
  long wholeOf(ByteBuffer elements) {
    long signed =
        switch (size) {
          case 1 -> elements.get();
          case 2 -> elements.getShort();
          case 4 -> elements.getInt();
          default -> elements.getLong();
        };
    if (kind == 'b') {
      return signed == 0 ? 0 : 1;
    }
    return kind == 'u' && size < 8 ? signed & (1L << 8 * size) - 1 : signed;
  }

  /** The text that begins at an offset, without the zeros that fill it up; null if it is none. */
  String textOf(byte[] elements, int offset) {
    return kind == 'S' ? bytesText(elements, offset) : pointsText(elements, offset);
  }

  private String bytesText(byte[] elements, int offset) {
    int length = size;
    while (length > 0 && elements[offset + length - 1] == 0) {
      length--;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(elements, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private String pointsText(byte[] elements, int offset) {
    ByteBuffer points = ByteBuffer.wrap(elements, offset, bytes()).order(order());
    StringBuilder text = new StringBuilder();
    while (points.hasRemaining()) {
      int point = points.getInt();
      boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      if (!Character.isValidCodePoint(point) || surrogate) {
        return null;
      }
      text.appendCodePoint(point);
    }
    int length = text.length();
    while (length > 0 && text.charAt(length - 1) == 0) {
      length--;
    }
    return text.substring(0, length);
  }

  @Override
  public String toString() {
    return descr;
  }
}
