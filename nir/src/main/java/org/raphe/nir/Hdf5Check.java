package org.raphe.nir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.raphe.InputException;

/**
 * Looks through an HDF5 file before jHDF reads it, which trusts what a file says. What passes holds
 * groups and datasets of the kinds that NIR files have, each reached in one way and within the
 * file, and values that take no more memory than is allowed and that are all there. Links that lead
 * to other files are refused with all else that is not known here.
 */
final class Hdf5Check {
  private static final int MOST_DEPTH = 8;
  private static final int SUPERBLOCK_BASE = 24;
  private static final int NEW_SUPERBLOCK_BASE = 12;

  private final byte[] content;
  private final Hdf5Visits visits;
  private final Hdf5Values values;

  private Hdf5Check(byte[] content, long mostBytes) {
    this.content = content;
    visits = new Hdf5Visits(mostBytes);
    values = new Hdf5Values(content, visits);
  }

  /**
   * Checks a file.
   *
   * @param mostBytes that all values may take
   * @throws InputException if it is damaged, too large, or holds what is not known here
   */
  static void check(byte[] content, long mostBytes) {
    Hdf5Check check = new Hdf5Check(content, mostBytes);
    check.group(Hdf5Header.at(check.root(), content, check.visits), 0);
  }

  /** Address of the root group. */
  private long root() {
    Hdf5Bytes bytes = new Hdf5Bytes(content, 0, content.length);
    if (content.length < 96) {
      throw new InputException("it is no HDF5 file: it has " + content.length + " bytes");
    }
    try {
      bytes.signature("\u0089HDF\r\n\u001a\n");
    } catch (InputException e) {
      throw new InputException("it is no HDF5 file", e);
    }
    int version = bytes.unsignedByte();
    return switch (version) {
      case 0 -> oldRoot(bytes);
      case 2, 3 -> newRoot(bytes);
      default ->
          throw new InputException(
              "its HDF5 superblock has version " + version + "; 0, 2 and 3 are read");
    };
  }

  private long oldRoot(Hdf5Bytes bytes) {
    bytes.skip(4);
    requireEight(bytes);
    bytes.skip(SUPERBLOCK_BASE - bytes.position());
    requireZeroBase(bytes.eight());
    bytes.skip(24 + 8);
    return bytes.eight();
  }

  private long newRoot(Hdf5Bytes bytes) {
    requireEight(bytes);
    bytes.skip(NEW_SUPERBLOCK_BASE - bytes.position());
    requireZeroBase(bytes.eight());
    bytes.skip(16);
    return bytes.eight();
  }

  private static void requireEight(Hdf5Bytes bytes) {
    if (bytes.unsignedByte() != 8 || bytes.unsignedByte() != 8) {
      throw new InputException("its HDF5 addresses are not of 8 bytes; such files are not read");
    }
  }

  private static void requireZeroBase(long base) {
    if (base != 0) {
      throw new InputException(
          "its HDF5 addresses do not begin at its start; such files are not read");
    }
  }

  private void group(Hdf5Header header, int depth) {
    if (depth > MOST_DEPTH) {
      throw new InputException("its groups are nested more than " + MOST_DEPTH + " deep");
    }
    Set<String> names = new HashSet<>();
    var table = header.message(Hdf5Message.SymbolTable.class);
    List<Hdf5Message.Link> links =
        table.isPresent()
            ? new Hdf5Links(content, visits).of(table.get())
            : header.all(Hdf5Message.Link.class);
    for (Hdf5Message.Link link : links) {
      if (link.name().isEmpty() || link.name().contains("/") || !names.add(link.name())) {
        throw Hdf5Bytes.damaged(
            "a group has two members, or one without a name, \"" + link.name() + "\"");
      }
      object(link, depth);
    }
  }

  private void object(Hdf5Message.Link link, int depth) {
    Hdf5Header header = Hdf5Header.at(link.address(), content, visits);
    var shape = header.message(Hdf5Message.Dataspace.class);
    if (shape.isEmpty()) {
      if (header.message(Hdf5Message.Datatype.class).isPresent()) {
        throw new InputException(
            "it holds a named type, \"" + link.name() + "\"; such files are not read");
      }
      group(header, depth + 1);
      return;
    }
    values.check(
        shape.get(),
        required(header, Hdf5Message.Datatype.class),
        required(header, Hdf5Message.Layout.class),
        header.message(Hdf5Message.Filters.class).orElse(null));
  }

  private static <M extends Hdf5Message> M required(Hdf5Header header, Class<M> kind) {
    return header
        .message(kind)
        .orElseThrow(() -> Hdf5Bytes.damaged("a dataset does not say what it holds"));
  }
}
