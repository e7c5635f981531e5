package org.raphe.nir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.raphe.InputException;

/** The header of an object, of both versions: its messages, checked one by one. */
final class Hdf5Header {
  private static final int DATASPACE = 0x01;
  private static final int LINK_INFO = 0x02;
  private static final int DATATYPE = 0x03;
  private static final int LINK = 0x06;
  private static final int LAYOUT = 0x08;
  private static final int FILTERS = 0x0b;
  private static final int ATTRIBUTE = 0x0c;
  private static final int CONTINUATION = 0x10;
  private static final int SYMBOL_TABLE = 0x11;

  /** Of these nothing is used: fill values, hints, comments, times, counts. */
  private static final List<Integer> PASSED =
      List.of(0x00, 0x04, 0x05, 0x0a, 0x0d, 0x0e, 0x12, 0x13, 0x15, 0x16);

  private static final int SHARED = 2;
  private static final int CREATION_ORDER = 4;
  private static final int ATTRIBUTE_COUNTS = 16;
  private static final int TIMES = 32;

  private final byte[] content;
  private final Hdf5Visits visits;
  private final List<Hdf5Message> messages = new ArrayList<>();

  private Hdf5Header(byte[] content, Hdf5Visits visits) {
    this.content = content;
    this.visits = visits;
  }

  /** The header at an address. */
  static Hdf5Header at(long address, byte[] content, Hdf5Visits visits) {
    visits.first(address);
    Hdf5Header header = new Hdf5Header(content, visits);
    if (new Hdf5Bytes(content, address, 1).unsignedByte() == 1) {
      header.readOld(address);
    } else {
      header.readNew(address);
    }
    return header;
  }

  /** The one message of a kind, if there is one. */
  <M extends Hdf5Message> Optional<M> message(Class<M> kind) {
    List<M> found = all(kind);
    if (found.size() > 1) {
      throw Hdf5Bytes.damaged("an object says the same twice");
    }
    return found.stream().findFirst();
  }

  /** All messages of a kind. */
  <M extends Hdf5Message> List<M> all(Class<M> kind) {
    return messages.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void readOld(long address) {
    Hdf5Bytes start = new Hdf5Bytes(content, address, 16);
    start.skip(2);
    int count = start.unsignedShort();
    start.skip(4);
    readOld(new Hdf5Bytes(content, address + 16, start.unsignedInt()), new int[] {count});
  }

  /**
   * @param left messages that are still to come, counted down
   */
  private void readOld(Hdf5Bytes block, int[] left) {
    while (block.remaining() >= 8 && left[0] > 0) {
      left[0]--;
      int type = block.unsignedShort();
      int size = block.unsignedShort();
      int flags = block.unsignedByte();
      block.skip(3);
      Hdf5Bytes part = block.part(size);
      if (type == CONTINUATION) {
        readOld(continuation(part), left);
      } else {
        add(type, flags, part);
      }
    }
  }

  private Hdf5Bytes continuation(Hdf5Bytes part) {
    long address = part.eight();
    visits.first(address);
    return new Hdf5Bytes(content, address, part.eight());
  }

  private void readNew(long address) {
    Hdf5Bytes start = new Hdf5Bytes(content, address, content.length - address);
    start.signature("OHDR");
    if (start.unsignedByte() != 2) {
      throw Hdf5Bytes.damaged("an object's header has an unknown version");
    }
    int flags = start.unsignedByte();
    start.skip((flags & TIMES) == 0 ? 0 : 16);
    start.skip((flags & ATTRIBUTE_COUNTS) == 0 ? 0 : 4);
    readNew(start.part(start.number(1 << (flags & 3))), flags);
  }

  private void readNew(Hdf5Bytes block, int flags) {
    // jHDF looks for a message wherever 8 bytes are left, and the end of a continued block is a
    // checksum of 4.
    while (block.remaining() >= 8) {
      int type = block.unsignedByte();
      int size = block.unsignedShort();
      int ofMessage = block.unsignedByte();
      block.skip((flags & CREATION_ORDER) == 0 ? 0 : 2);
      Hdf5Bytes part = block.part(size);
      if (type == CONTINUATION) {
        Hdf5Bytes continued = continuation(part);
        continued.signature("OCHK");
        readNew(continued, flags);
      } else {
        add(type, ofMessage, part);
      }
    }
  }

  private void add(int type, int flags, Hdf5Bytes part) {
    visits.count();
    if (PASSED.contains(type)) {
      return;
    }
    if ((flags & SHARED) != 0) {
      throw new InputException("it holds a shared message; such files are not read");
    }
    switch (type) {
      case DATASPACE -> messages.add(Hdf5Message.Dataspace.read(part));
      case LINK_INFO -> requireCompact(part);
      case DATATYPE -> messages.add(Hdf5Message.Datatype.read(part));
      case LINK -> messages.add(Hdf5Message.Link.read(part));
      case LAYOUT -> messages.add(Hdf5Message.Layout.read(part));
      case FILTERS -> messages.add(Hdf5Message.Filters.read(part));
      case ATTRIBUTE -> requireOwn(part);
      case SYMBOL_TABLE -> messages.add(new Hdf5Message.SymbolTable(part.eight(), part.eight()));
      default ->
          throw new InputException(
              "it holds a message of type " + type + "; such files are not read");
    }
  }

  /** Links stand in the header; jHDF would follow a heap of them. */
  private static void requireCompact(Hdf5Bytes part) {
    part.skip(1);
    part.skip((part.unsignedByte() & 1) == 0 ? 0 : 8);
    if (part.eight() != Hdf5Message.UNDEFINED || part.eight() != Hdf5Message.UNDEFINED) {
      throw new InputException(
          "a group of it keeps its links in a heap; write it for older HDF5 libraries, which is the default");
    }
  }

  /** What an attribute is of stands in it, and is not shared with others. */
  private static void requireOwn(Hdf5Bytes part) {
    int version = part.unsignedByte();
    int flags = part.unsignedByte();
    if (version > 1 && flags != 0) {
      throw new InputException("it holds a shared message; such files are not read");
    }
  }
}
