package org.raphe.nir;

import java.util.ArrayList;
import java.util.List;
import org.raphe.InputException;

/** Links of a group in older files: a tree, whose leaves are tables of names and addresses. */
final class Hdf5Links {
  private final byte[] content;
  private final Hdf5Visits visits;
  private final List<Hdf5Message.Link> links = new ArrayList<>();

  Hdf5Links(byte[] content, Hdf5Visits visits) {
    this.content = content;
    this.visits = visits;
  }

  /** All links. */
  List<Hdf5Message.Link> of(Hdf5Message.SymbolTable table) {
    Hdf5Bytes names = heap(table.heap());
    node(table.tree(), -1, names.position(), names.remaining());
    return links;
  }

  /** The part of the file where names are. */
  private Hdf5Bytes heap(long address) {
    visits.first(address);
    Hdf5Bytes bytes = new Hdf5Bytes(content, address, 32);
    bytes.signature("HEAP");
    bytes.skip(4);
    long size = bytes.eight();
    bytes.skip(8);
    return new Hdf5Bytes(content, bytes.eight(), size);
  }

  /**
   * @param level of the node; below 0 for any
   */
  private void node(long address, int level, int names, int nameBytes) {
    visits.first(address);
    Hdf5Bytes bytes = new Hdf5Bytes(content, address, content.length - address);
    bytes.signature("TREE");
    int kind = bytes.unsignedByte();
    int own = bytes.unsignedByte();
    if (kind != 0 || (level >= 0 && own != level)) {
      throw Hdf5Bytes.damaged("a tree of links has a node of another kind");
    }
    int entries = bytes.unsignedShort();
    bytes.skip(16);
    for (int k = 0; k < entries; k++) {
      bytes.skip(8);
      long child = bytes.eight();
      if (own > 0) {
        node(child, own - 1, names, nameBytes);
      } else {
        table(child, names, nameBytes);
      }
    }
  }

  private void table(long address, int names, int nameBytes) {
    visits.first(address);
    Hdf5Bytes bytes = new Hdf5Bytes(content, address, content.length - address);
    bytes.signature("SNOD");
    bytes.skip(2);
    int entries = bytes.unsignedShort();
    for (int k = 0; k < entries; k++) {
      long name = bytes.eight();
      long object = bytes.eight();
      if (bytes.unsignedInt() > 1) {
        throw new InputException("it holds a link that leads elsewhere; such files are not read");
      }
      bytes.skip(20);
      if (name < 0 || name >= nameBytes) {
        throw Hdf5Bytes.damaged("a name is not where it is said to be");
      }
      Hdf5Bytes text = new Hdf5Bytes(content, names + name, nameBytes - name);
      links.add(new Hdf5Message.Link(text.name(), object));
    }
  }
}
