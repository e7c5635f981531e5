package org.raphe.nir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.raphe.InputException;

/**
 * Values of datasets: all are there, in the size that their shape asks for. Memory is counted
 * before it is taken; what is packed is unpacked once here, piece by piece, into nothing.
 */
final class Hdf5Values {
  private static final int PIECE = 1 << 16;

  private final byte[] content;
  private final Hdf5Visits visits;
  private final long mostBytes;

  Hdf5Values(byte[] content, Hdf5Visits visits) {
    this.content = content;
    this.visits = visits;
    mostBytes = NirFile.MOST_BYTES;
  }

  void check(
      Hdf5Message.Dataspace shape,
      Hdf5Message.Datatype type,
      Hdf5Message.Layout layout,
      Hdf5Message.Filters filters) {
    long size = shape.elements(mostBytes / type.size()) * type.size();
    visits.values(size);
    if (layout instanceof Hdf5Message.Chunked chunked) {
      if (type.kind() == Hdf5Message.Datatype.VARIABLE) {
        throw new InputException("it holds texts in chunks; such files are not read");
      }
      chunks(chunked, shape, type.size(), filters != null && filters.deflated());
      return;
    }
    if (filters != null) {
      throw Hdf5Bytes.damaged("values are packed that are not in chunks");
    }
    Hdf5Bytes values = plain(layout, size);
    if (type.kind() == Hdf5Message.Datatype.VARIABLE) {
      texts(values);
    }
  }

  private Hdf5Bytes plain(Hdf5Message.Layout layout, long size) {
    if (layout instanceof Hdf5Message.Compact compact) {
      if (compact.values().remaining() != size) {
        throw Hdf5Bytes.damaged("a dataset has not as many values as its shape says");
      }
      return compact.values();
    }
    Hdf5Message.Contiguous contiguous = (Hdf5Message.Contiguous) layout;
    if (size == 0) {
      return new Hdf5Bytes(content, 0, 0);
    }
    if (contiguous.size() != size) {
      throw Hdf5Bytes.damaged("a dataset has not as many values as its shape says");
    }
    return new Hdf5Bytes(content, contiguous.address(), size);
  }

  /** Texts stand elsewhere, many in one heap, which jHDF reads whole for each dataset. */
  private void texts(Hdf5Bytes values) {
    while (values.remaining() >= 16) {
      long length = values.unsignedInt();
      long address = values.eight();
      long index = values.unsignedInt();
      if (index == 0) {
        continue;
      }
      Hdf5Bytes heap = new Hdf5Bytes(content, address, 16);
      heap.signature("GCOL");
      heap.skip(4);
      long size = heap.eight();
      visits.count();
      visits.values(size);
      if (length > size || new Hdf5Bytes(content, address, size).remaining() < 16) {
        throw Hdf5Bytes.damaged("a text is longer than the heap that holds it");
      }
    }
  }

  private void chunks(
      Hdf5Message.Chunked layout, Hdf5Message.Dataspace shape, long elementSize, boolean deflated) {
    List<Long> dimensions = shape.dimensions();
    List<Long> sides = layout.sides();
    if (dimensions.isEmpty()
        || shape.elements(mostBytes) == 0
        || sides.size() != dimensions.size() + 1
        || sides.get(dimensions.size()) != elementSize) {
      throw Hdf5Bytes.damaged("chunks are of another shape than their dataset");
    }
    long needed = 1;
    for (int k = 0; k < dimensions.size(); k++) {
      if (sides.get(k) < 1) {
        throw Hdf5Bytes.damaged("chunks are of another shape than their dataset");
      }
      needed = Math.multiplyExact(needed, (dimensions.get(k) + sides.get(k) - 1) / sides.get(k));
    }
    long size = new Hdf5Message.Dataspace(sides).elements(mostBytes);
    // jHDF unpacks a chunk into memory of its own, beside a table of its rows.
    visits.values(3 * size);
    Chunks chunks = new Chunks(dimensions, sides, size, deflated);
    chunks.node(layout.tree(), -1);
    if (chunks.offsets.size() != needed) {
      throw Hdf5Bytes.damaged(
          "a dataset has " + chunks.offsets.size() + " chunks and needs " + needed);
    }
  }

  /** A tree of chunks of one dataset. */
  private final class Chunks {
    private final List<Long> dimensions;
    private final List<Long> sides;
    private final long size;
    private final boolean deflated;
    private final Set<List<Long>> offsets = new HashSet<>();

    private Chunks(List<Long> dimensions, List<Long> sides, long size, boolean deflated) {
      this.dimensions = dimensions;
      this.sides = sides;
      this.size = size;
      this.deflated = deflated;
    }

    /**
     * @param level of the node; below 0 for any
     */
    private void node(long address, int level) {
      visits.first(address);
      Hdf5Bytes bytes = new Hdf5Bytes(content, address, content.length - address);
      bytes.signature("TREE");
      int kind = bytes.unsignedByte();
      int own = bytes.unsignedByte();
      if (kind != 1 || (level >= 0 && own != level)) {
        throw Hdf5Bytes.damaged("a tree of chunks has a node of another kind");
      }
      int entries = bytes.unsignedShort();
      bytes.skip(16);
      for (int k = 0; k < entries; k++) {
        long stored = bytes.unsignedInt();
        long mask = bytes.unsignedInt();
        List<Long> offset = offset(bytes);
        long child = bytes.eight();
        if (own > 0) {
          node(child, own - 1);
        } else if (mask != 0 || !offsets.add(offset)) {
          throw Hdf5Bytes.damaged("a chunk is there twice, or packed otherwise than the others");
        } else {
          chunk(child, stored);
        }
      }
    }

    private List<Long> offset(Hdf5Bytes bytes) {
      Long[] offset = new Long[sides.size()];
      for (int k = 0; k < offset.length; k++) {
        offset[k] = bytes.eight();
        boolean last = k == dimensions.size();
        if (offset[k] % sides.get(k) != 0
            || offset[k] < 0
            || (last ? offset[k] != 0 : offset[k] >= dimensions.get(k))) {
          throw Hdf5Bytes.damaged("a chunk stands outside of its dataset");
        }
      }
      return List.of(offset);
    }

    private void chunk(long address, long stored) {
      visits.count();
      Hdf5Bytes packed = new Hdf5Bytes(content, address, stored);
      long unpacked = deflated ? unpacked(packed, size) : stored;
      if (unpacked != size) {
        throw Hdf5Bytes.damaged("a chunk does not hold as many values as it should");
      }
    }
  }

  /** Bytes that packed ones become, counted up to just above {@code most}. */
  private long unpacked(Hdf5Bytes packed, long most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(content, packed.position(), packed.remaining());
      byte[] piece = new byte[PIECE];
      long count = 0;
      while (!inflater.finished() && count <= most) {
        int read = inflater.inflate(piece);
        if (read == 0) {
          throw Hdf5Bytes.damaged("a chunk cannot be unpacked");
        }
        count += read;
      }
      return count;
    } catch (DataFormatException e) {
      throw new InputException("it is damaged: a chunk cannot be unpacked", e);
    } finally {
      inflater.end();
    }
  }
}
