package org.raphe.backend.device;

import java.nio.ByteBuffer;

/**
 * A kernel and its arguments. Arguments are added once, in the kernel's own order; each call
 * returns the argument's number, by which it can be set anew before a launch.
 */
public interface Kernel extends AutoCloseable {

  /** Adds memory, or null where the kernel takes none. */
  int memory(DeviceMemory memory);

  /** Adds a number. */
  int number(int value);

  /** Adds a number. */
  int number(float value);

  /** Adds a struct of 4-byte fields, direct and in native order; its content is copied. */
  int struct(ByteBuffer fields);

  /** Adds room in the memory of a work-group. */
  int room(int bytes);

  /** Replaces a number. */
  void set(int argument, int value);

  /** Replaces a struct. */
  void set(int argument, ByteBuffer fields);

  /** Replaces memory. */
  void set(int argument, DeviceMemory memory);

  /** Runs it on this many work-groups, after all that was launched before. */
  void launch(int groupsX, int groupsY, int groupsZ);

  @Override
  void close();
}
