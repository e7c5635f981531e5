package org.raphe.backend.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.raphe.learning.OptimizerStep;

/**
 * What changes from batch to batch, in tables of a device's memory: a row a batch, and the
 * optimizer's step of each of its layers. A batch has a slot there; when all slots are taken, what
 * waits for them is sent and they are taken anew.
 */
final class BatchTable implements AutoCloseable {
  /** Batches whose launches are sent together at most. */
  static final int ROWS = 8;

  /** Of batch_row: size, begin, stream, factor. */
  private static final int ROW_BYTES = 4 * Integer.BYTES;

  private static final int STREAM = 2 * Integer.BYTES;

  /** Of optimizer_step. */
  private static final int STEP_BYTES = 7 * Float.BYTES;

  private final LaunchQueue queue;
  private final int layers;
  private final OwnedResources owned = new OwnedResources();
  private final DeviceMemory rows;
  private final DeviceMemory steps;
  private final ByteBuffer rowsHere;
  private final ByteBuffer stepsHere;
  private final ByteBuffer step =
      ByteBuffer.allocateDirect(STEP_BYTES).order(ByteOrder.nativeOrder());

  /** Whether a launch of the batch at hand may have received its stream; a layer's step. */
  private boolean streamTold;

  private final boolean[] stepTold;

  /** Whether the tables here hold what the device's do not. */
  private boolean rowsChanged;

  private boolean stepsChanged;

  private int slot;

  /** Allocates tables for the batches of a network of so many layers. */
  BatchTable(KernelDevice device, int layers) {
    queue = device.queue();
    this.layers = layers;
    stepTold = new boolean[layers];
    rowsHere = direct(ROWS * ROW_BYTES);
    stepsHere = direct(ROWS * layers * STEP_BYTES);
    try {
      rows = allocate(device, "rows of batches", rowsHere);
      steps = allocate(device, "steps of batches", stepsHere);
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, owned);
      throw e;
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private DeviceMemory allocate(KernelDevice device, String holds, ByteBuffer here) {
    DeviceMemory memory = device.allocate(holds, here.capacity());
    owned.add(memory);
    return memory;
  }

  /** {@code [ROWS]} of batch_row. */
  DeviceMemory rows() {
    return rows;
  }

  /** {@code [ROWS][layers]} of optimizer_step. */
  DeviceMemory steps() {
    return steps;
  }

  /** The slot of the batch at hand. */
  int slot() {
    return slot;
  }

  /**
   * Begins a batch: it takes the next slot, or the first one if no launch waits.
   *
   * @param size its samples
   * @param begin where its indices begin
   * @param factor of its errors
   */
  void begin(int size, int begin, float factor) {
    slot = queue.isEmpty() ? 0 : slot + 1;
    if (slot == ROWS) {
      slot = ROWS - 1; // Until its launches are sent.
      queue.send();
      slot = 0;
    }
    int row = slot * ROW_BYTES;
    rowsHere.putInt(row, size).putInt(row + Integer.BYTES, begin).putInt(row + STREAM, 0);
    rowsHere.putFloat(row + STREAM + Integer.BYTES, factor);
    rowsChanged = true;
    streamTold = false;
    Arrays.fill(stepTold, false);
  }

  /** The stream from which the batch at hand draws its spikes. */
  void stream(int stream) {
    int at = slot * ROW_BYTES + STREAM;
    if (rowsHere.getInt(at) != stream) {
      if (streamTold) {
        queue.send();
      }
      rowsHere.putInt(at, stream);
      rowsChanged = true;
    }
    streamTold = true;
  }

  /** The step that a layer takes after the batch at hand. */
  void step(int layer, OptimizerStep taking) {
    write(taking);
    ByteBuffer at = stepsHere.slice((slot * layers + layer) * STEP_BYTES, STEP_BYTES);
    if (!at.equals(step)) {
      if (stepTold[layer]) {
        queue.send();
      }
      at.put(0, step, 0, STEP_BYTES);
      stepsChanged = true;
    }
    stepTold[layer] = true;
  }

  private void write(OptimizerStep from) {
    step.clear();
    step.putInt(from.kind().ordinal());
    step.putFloat(from.stepSize());
    step.putFloat(from.complement1());
    step.putFloat(from.beta2());
    step.putFloat(from.complement2());
    step.putFloat(from.inverseRoot());
    step.putFloat(from.epsilon());
    step.flip();
  }

  /** Brings what is new to the device, behind all that was launched. */
  void bring() {
    if (rowsChanged) {
      rows.writeInOrder(rowsHere.slice(0, (slot + 1) * ROW_BYTES));
      rowsChanged = false;
    }
    if (stepsChanged) {
      steps.writeInOrder(stepsHere.slice(0, (slot + 1) * layers * STEP_BYTES));
      stepsChanged = false;
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
