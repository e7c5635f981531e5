package org.raphe.backend.device;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A kernel whose launches are kept in a queue. Binding what is bound already costs no native call;
 * binding another thing while launches wait, which shall see the old one, sends them first.
 */
final class QueuedKernel implements Kernel {
  private static final Object NO_MEMORY = new Object();

  /** Stands among the bindings for the room; no parameter has such a name. */
  private static final String ROOM = "(room)";

  private final LaunchQueue queue;
  private final Kernel kernel;

  /** Null if the kernel reads no row. */
  private final BatchTable table;

  private final Map<String, Object> bound = new HashMap<>();

  /** What is bound, as launches keep it; null since a binding changed. */
  private Bindings bindings;

  /** The queue's number of sendings when a launch of this kernel was last kept. */
  private long kept = -1;

  /** Takes over {@code kernel}; one that reads a batch's row is bound to the table. */
  QueuedKernel(LaunchQueue queue, Kernel kernel, BatchTable table) {
    this.queue = queue;
    this.kernel = kernel;
    this.table = table;
    if (table != null) {
      bind("batches", table.rows()).bind("slot", 0);
    }
  }

  /** What a kernel is bound to, at one time. */
  private static final class Bindings {
    private final Map<String, Object> values;
    private final int hash;

    Bindings(Map<String, Object> values) {
      this.values = Map.copyOf(values);
      hash = values.hashCode();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other || other instanceof Bindings && values.equals(((Bindings) other).values);
    }
  }

  /** Whether the value is another than what is bound; launches that wait for that one are sent. */
  private boolean changes(String parameter, Object value) {
    if (value.equals(bound.get(parameter))) {
      return false;
    }
    sendOwn();
    return true;
  }

  private void keep(String parameter, Object value) {
    bound.put(parameter, value);
    bindings = null;
  }

  private void sendOwn() {
    if (kept == queue.sendings()) {
      queue.send();
    }
  }

  @Override
  public Kernel bind(String parameter, DeviceMemory memory) {
    Object value = memory == null ? NO_MEMORY : memory;
    if (changes(parameter, value)) {
      kernel.bind(parameter, memory);
      keep(parameter, value);
    }
    return this;
  }

  @Override
  public Kernel bind(String parameter, int value) {
    if (changes(parameter, value)) {
      kernel.bind(parameter, value);
      keep(parameter, value);
    }
    return this;
  }

  @Override
  public Kernel bind(String parameter, float value) {
    if (changes(parameter, value)) {
      kernel.bind(parameter, value);
      keep(parameter, value);
    }
    return this;
  }

  @Override
  public Kernel bind(String parameter, ByteBuffer struct) {
    if (changes(parameter, struct)) {
      kernel.bind(parameter, struct);
      byte[] content = new byte[struct.remaining()];
      struct.get(struct.position(), content);
      keep(parameter, ByteBuffer.wrap(content));
    }
    return this;
  }

  @Override
  public Kernel room(int bytes) {
    if (changes(ROOM, bytes)) {
      kernel.room(bytes);
      keep(ROOM, bytes);
    }
    return this;
  }

  @Override
  public void launch(int groupsX, int groupsY, int groupsZ) {
    kept = queue.sendings();
    int slot = table == null ? 0 : table.slot();
    if (bindings == null) {
      bindings = new Bindings(bound);
    }
    queue.keep(new KeptLaunch(kernel, bindings, table, slot, groupsX, groupsY, groupsZ));
  }

  @Override
  public void close() {
    try {
      sendOwn();
    } finally {
      kernel.close();
    }
  }
}
