package org.raphe.nir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.raphe.InputException;

/** Bytes of an HDF5 file, read in order from a place; nothing outside its part of the file. */
final class Hdf5Bytes {
  private final byte[] content;
  private final ByteBuffer bytes;
  private final int end;

  /** A part of a file; {@code from} and {@code length} may be anything that a file says. */
  Hdf5Bytes(byte[] content, long from, long length) {
    if (from < 0 || length < 0 || from > content.length || length > content.length - from) {
      throw damaged("it speaks of bytes outside of it");
    }
    this.content = content;
    bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position((int) from);
    end = (int) (from + length);
  }

  static InputException damaged(String why) {
    return new InputException("it is damaged: " + why);
  }

  private void require(long count) {
    if (count < 0 || count > remaining()) {
      throw damaged("a part of it is cut short");
    }
  }

  int remaining() {
    return end - bytes.position();
  }

  int position() {
    return bytes.position();
  }

  int unsignedByte() {
    require(1);
    return bytes.get() & 0xff;
  }

  int unsignedShort() {
    require(2);
    return bytes.getShort() & 0xffff;
  }

  long unsignedInt() {
    require(4);
    return bytes.getInt() & 0xffffffffL;
  }

  long eight() {
    require(8);
    return bytes.getLong();
  }

  /** A number of 1, 2, 4 or 8 bytes; below 0 where it is too large. */
  long number(int size) {
    return switch (size) {
      case 1 -> unsignedByte();
      case 2 -> unsignedShort();
      case 4 -> unsignedInt();
      default -> eight();
    };
  }

  void skip(long count) {
    require(count);
    bytes.position((int) (bytes.position() + count));
  }

  /** The next bytes as a part of their own. */
  Hdf5Bytes part(long length) {
    require(length);
    Hdf5Bytes part = new Hdf5Bytes(content, bytes.position(), length);
    skip(length);
    return part;
  }

  /** Fails unless these characters come next. */
  void signature(String expected) {
    require(expected.length());
    byte[] found = new byte[expected.length()];
    bytes.get(found);
    if (!expected.equals(new String(found, StandardCharsets.ISO_8859_1))) {
      throw damaged("\"" + expected + "\" is missing where it is expected");
    }
  }

  /** A name up to a 0. */
  String name() {
    int from = bytes.position();
    while (unsignedByte() != 0) {
      // Read up to it.
    }
    return new String(content, from, bytes.position() - 1 - from, StandardCharsets.UTF_8);
  }

  /** A name of so many bytes. */
  String name(long length) {
    require(length);
    int from = bytes.position();
    skip(length);
    return new String(content, from, (int) length, StandardCharsets.UTF_8);
  }
}
