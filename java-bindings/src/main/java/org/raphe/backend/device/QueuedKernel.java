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

  /**
   * Binds what is not bound already; launches that wait for what was bound are sent before.
   *
   * @param value what is kept, to be compared with the next one
   * @param change tells the kernel itself
   */
  private Kernel rebind(String parameter, Object value, Runnable change) {
    if (!value.equals(bound.get(parameter))) {
      sendOwn();
      change.run();
      bound.put(parameter, value);
      bindings = null;
    }
    return this;
  }

  private void sendOwn() {
    if (kept == queue.sendings()) {
      queue.send();
    }
  }

  @Override
  public Kernel bind(String parameter, DeviceMemory memory) {
    Object value = memory == null ? NO_MEMORY : memory;
    return rebind(parameter, value, () -> kernel.bind(parameter, memory));
  }

  @Override
  public Kernel bind(String parameter, int value) {
    return rebind(parameter, value, () -> kernel.bind(parameter, value));
  }

  @Override
  public Kernel bind(String parameter, float value) {
    return rebind(parameter, value, () -> kernel.bind(parameter, value));
  }

  @Override
  public Kernel bind(String parameter, ByteBuffer struct) {
    byte[] content = new byte[struct.remaining()];
    struct.get(struct.position(), content);
    return rebind(parameter, ByteBuffer.wrap(content), () -> kernel.bind(parameter, struct));
  }

  @Override
  public Kernel room(int bytes) {
    return rebind(ROOM, bytes, () -> kernel.room(bytes));
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
