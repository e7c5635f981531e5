package org.raphe.backend.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A kernel and what its parameters are bound to, by the names that they have in the kernel's text.
 * A parameter stays bound from launch to launch. Binding a name that the kernel does not have, or
 * to another kind of thing than it takes, is an {@link IllegalStateException} that names both.
 */
public interface Kernel extends AutoCloseable {

  /** Binds memory, or null where the kernel may do without. */
  Kernel bind(String parameter, DeviceMemory memory);

  /** Binds a whole number. */
  Kernel bind(String parameter, int value);

  /** Binds a number. */
  Kernel bind(String parameter, float value);

  /** Binds a struct of 4-byte fields, direct and in native order; its content is copied. */
  Kernel bind(String parameter, ByteBuffer struct);

  /** Gives each group room in its own memory, where the kernel has some. */
  Kernel room(int bytes);

  /**
   * Runs it on this many groups, after all that was launched before.
   *
   * @throws IllegalStateException if a parameter was never bound, or room never given
   */
  void launch(int groupsX, int groupsY, int groupsZ);

  @Override
  void close();

  /** Room for a struct of {@code fields} numbers. */
  static ByteBuffer struct(int fields) {
    return ByteBuffer.allocateDirect(Float.BYTES * fields).order(ByteOrder.nativeOrder());
  }
}
