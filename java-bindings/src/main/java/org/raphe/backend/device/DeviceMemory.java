package org.raphe.backend.device;

import java.nio.ByteBuffer;

/**
 * A block of a device's memory. Whoever allocates it owns it and closes it. Reads and writes wait
 * for the device, and see all that was launched before, also what its queue keeps.
 */
public interface DeviceMemory extends AutoCloseable {

  /** What it holds, for messages. */
  String holds();

  /** Its size in bytes. */
  long bytes();

  /** Copies numbers to its beginning. */
  void write(float[] values);

  /** Copies numbers to its beginning. */
  void write(int[] values);

  /** Copies bytes to its beginning. */
  void write(byte[] values);

  /**
   * Copies bytes to its beginning after all that was launched before, and before all that will be:
   * without waiting, and without sending what is kept in the device's queue.
   *
   * @param values direct, at position 0; its content may change as soon as this returns
   */
  void writeInOrder(ByteBuffer values);

  /** Fills all of it with zeros. */
  void clear();

  /** Copies numbers from its beginning. */
  void read(float[] values);

  /** Copies numbers from its beginning. */
  void read(int[] values);

  /** Copies numbers from its beginning. */
  void read(long[] values);

  @Override
  void close();
}
