package org.raphe.nir;

import java.util.List;
import org.raphe.InputException;

/**
 * A message of an object's header, of those that are looked at (HDF5 file format specification 3.0,
 * IV.A.2).
 */
sealed interface Hdf5Message {
  long UNDEFINED = -1;

  /** Shape of a dataset; a scalar has no dimensions. */
  record Dataspace(List<Long> dimensions) implements Hdf5Message {
    private static final int MOST_DIMENSIONS = 8;

    static Dataspace read(Hdf5Bytes bytes) {
      int version = bytes.unsignedByte();
      int count = bytes.unsignedByte();
      bytes.skip(1);
      if (version == 1) {
        bytes.skip(5);
      } else if (version != 2 || bytes.unsignedByte() > 1) {
        throw unknown("a dataset without a shape");
      }
      if (count > MOST_DIMENSIONS) {
        throw unknown("a dataset of " + count + " dimensions");
      }
      Long[] dimensions = new Long[count];
      for (int k = 0; k < count; k++) {
        dimensions[k] = bytes.eight();
      }
      return new Dataspace(List.of(dimensions));
    }

    /** Elements; fails where they are more than {@code most}. */
    long elements(long most) {
      long elements = 1;
      for (long dimension : dimensions) {
        if (dimension < 0 || (dimension > 0 && elements > most / dimension)) {
          throw new InputException(
              "it holds a dataset of shape " + dimensions + ", which is too large");
        }
        elements *= dimension;
      }
      return elements;
    }
  }

  /** What an element is: whole numbers 0, floats 1, texts 3, enumerations 8, long texts 9. */
  record Datatype(int kind, long size) implements Hdf5Message {
    static final int VARIABLE = 9;

    static Datatype read(Hdf5Bytes bytes) {
      int kind = bytes.unsignedByte() & 0xf;
      int bits = bytes.unsignedByte();
      bytes.skip(2);
      long size = bytes.unsignedInt();
      boolean number = kind == 0 || kind == 1 || kind == 8;
      if (number
          ? size != 1 && size != 2 && size != 4 && size != 8
          : kind != 3 && kind != VARIABLE) {
        throw unknown("a dataset of a type that NIR files do not use");
      }
      if (size < 1 || (kind == VARIABLE && (size != 16 || (bits & 0xf) != 1))) {
        throw unknown("a dataset of a type that NIR files do not use");
      }
      return new Datatype(kind, size);
    }
  }

  /** Where the values are: in the header itself, in one piece, or in chunks. */
  sealed interface Layout extends Hdf5Message {
    static Layout read(Hdf5Bytes bytes) {
      int version = bytes.unsignedByte();
      int kind = bytes.unsignedByte();
      if (version < 3 || version > 4 || kind > 2 || (version == 4 && kind == 2)) {
        throw unknown("a dataset of layout " + version + "." + kind);
      }
      if (kind == 0) {
        int size = bytes.unsignedShort();
        return new Compact(bytes.part(size));
      }
      if (kind == 1) {
        return new Contiguous(bytes.eight(), bytes.eight());
      }
      Long[] sides = new Long[bytes.unsignedByte()];
      long tree = bytes.eight();
      for (int k = 0; k < sides.length; k++) {
        sides[k] = bytes.unsignedInt();
      }
      return new Chunked(tree, List.of(sides));
    }
  }

  record Compact(Hdf5Bytes values) implements Layout {}

  record Contiguous(long address, long size) implements Layout {}

  /**
   * @param tree address of the tree of chunks
   * @param sides of a chunk, then the size of an element
   */
  record Chunked(long tree, List<Long> sides) implements Layout {}

  /** How chunks are packed: by nothing, by deflate, or shuffled and then deflated. */
  record Filters(boolean deflated) implements Hdf5Message {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;

    static Filters read(Hdf5Bytes bytes) {
      int version = bytes.unsignedByte();
      int count = bytes.unsignedByte();
      if (version < 1 || version > 2 || count > 2) {
        throw unknown("a dataset packed in an unknown way");
      }
      bytes.skip(version == 1 ? 6 : 0);
      boolean deflated = false;
      for (int k = 0; k < count; k++) {
        int id = bytes.unsignedShort();
        // Only of others than the known ones does version 2 write a name.
        int name = version == 1 ? bytes.unsignedShort() : 0;
        bytes.skip(2);
        int values = bytes.unsignedShort();
        bytes.skip((name + 7L) / 8 * 8);
        if (deflated || (id != DEFLATE && (id != SHUFFLE || values < 1))) {
          throw unknown("a dataset packed otherwise than by deflate");
        }
        long first = values > 0 ? bytes.unsignedInt() : 0;
        if (id == SHUFFLE && (first < 1 || first > 8)) {
          throw unknown("a dataset packed in an unknown way");
        }
        bytes.skip(4L * Math.max(0, values - 1) + (version == 1 && values % 2 == 1 ? 4 : 0));
        deflated = id == DEFLATE;
      }
      return new Filters(deflated);
    }
  }

  /** Links of a group in older files: addresses of the tree and of the heap with its names. */
  record SymbolTable(long tree, long heap) implements Hdf5Message {}

  /** A link of a group in newer files. */
  record Link(String name, long address) implements Hdf5Message {
    static Link read(Hdf5Bytes bytes) {
      int version = bytes.unsignedByte();
      int flags = bytes.unsignedByte();
      int kind = (flags & 8) == 0 ? 0 : bytes.unsignedByte();
      if (version != 1 || kind != 0) {
        throw unknown("a link that leads elsewhere");
      }
      bytes.skip((flags & 4) == 0 ? 0 : 8);
      bytes.skip((flags & 16) == 0 ? 0 : 1);
      long length = bytes.number(1 << (flags & 3));
      return new Link(bytes.name(length), bytes.eight());
    }
  }

  private static InputException unknown(String what) {
    return new InputException("it holds " + what + "; such files are not read");
  }
}
