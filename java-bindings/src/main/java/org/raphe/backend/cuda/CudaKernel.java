package org.raphe.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.JCudaDriver;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.Kernel;

/**
 * A CUDA kernel with its arguments. Numbers and structs stand in one block of direct memory, which
 * every launch reads; memory stands as the driver's own pointers.
 */
final class CudaKernel implements Kernel {
  private static final int BLOCK_BYTES = 512;
  private static final int LARGEST_ALIGNMENT = 8;

  private final CudaContext context;
  private final String name;
  private final CUfunction function;
  private final int groupX;
  private final int groupY;
  private final ByteBuffer block =
      ByteBuffer.allocateDirect(BLOCK_BYTES).order(ByteOrder.nativeOrder());

  /** Arguments in the kernel's order, the settings of a launch first. */
  private final List<NativePointerObject> pointers = new ArrayList<>();

  /** Where a number or struct stands in the block; -1 for memory. */
  private final List<Integer> places = new ArrayList<>();

  private final List<DeviceMemory> memories = new ArrayList<>();

  /** The block's beginning, where eight zeros stand: the address of no memory. */
  private final Pointer base = Pointer.to(block);

  private int used = LARGEST_ALIGNMENT;
  private int sharedBytes;
  private Pointer parameters;
  private boolean closed;

  CudaKernel(
      CudaContext context,
      String name,
      CUfunction function,
      ByteBuffer settings,
      int groupX,
      int groupY) {
    this.context = context;
    this.name = name;
    this.function = function;
    this.groupX = groupX;
    this.groupY = groupY;
    context.resources().opened(0);
    struct(settings);
  }

  @Override
  public int memory(DeviceMemory memory) {
    pointers.add(pointerTo(memory));
    places.add(-1);
    memories.add(memory);
    parameters = null;
    return pointers.size() - 2;
  }

  /** A pointer to the device's address; a null one for no memory. */
  private NativePointerObject pointerTo(DeviceMemory memory) {
    return memory == null ? base : Pointer.to(((CudaMemory) memory).pointer());
  }

  @Override
  public int number(int value) {
    int place = place(Integer.BYTES);
    block.putInt(place, value);
    return pointers.size() - 2;
  }

  @Override
  public int number(float value) {
    int place = place(Float.BYTES);
    block.putFloat(place, value);
    return pointers.size() - 2;
  }

  @Override
  public int struct(ByteBuffer fields) {
    int place = place(fields.remaining());
    block.put(place, fields, fields.position(), fields.remaining());
    return pointers.size() - 2;
  }

  /** Makes room in the block for an argument of {@code bytes} bytes. */
  private int place(int bytes) {
    int place = used;
    used += (bytes + LARGEST_ALIGNMENT - 1) / LARGEST_ALIGNMENT * LARGEST_ALIGNMENT;
    pointers.add(base.withByteOffset(place));
    places.add(place);
    memories.add(null);
    parameters = null;
    return place;
  }

  @Override
  public int room(int bytes) {
    sharedBytes += bytes;
    return -1;
  }

  @Override
  public void set(int argument, int value) {
    block.putInt(places.get(argument + 1), value);
  }

  @Override
  public void set(int argument, ByteBuffer fields) {
    block.put(places.get(argument + 1), fields, fields.position(), fields.remaining());
  }

  @Override
  public void set(int argument, DeviceMemory memory) {
    if (memories.get(argument + 1) != memory) {
      memories.set(argument + 1, memory);
      pointers.set(argument + 1, pointerTo(memory));
      parameters = null;
    }
  }

  @Override
  public void launch(int groupsX, int groupsY, int groupsZ) {
    if (parameters == null) {
      parameters = Pointer.to(pointers.toArray(new NativePointerObject[0]));
    }
    String about =
        name
            + ", grid "
            + groupsX
            + " x "
            + groupsY
            + " x "
            + groupsZ
            + " of blocks "
            + groupX
            + " x "
            + groupY;
    context.makeCurrent();
    CudaLaunchTimer timer = context.timer();
    if (timer != null) {
      timer.launching(name);
    }
    context
        .calls()
        .run(
            "cuLaunchKernel",
            about,
            () ->
                JCudaDriver.cuLaunchKernel(
                    function,
                    groupsX,
                    groupsY,
                    groupsZ,
                    groupX,
                    groupY,
                    1,
                    sharedBytes,
                    context.stream(),
                    parameters,
                    null));
    if (timer != null) {
      timer.launched();
    }
    context.resources().launched();
    context.launched(about);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      context.resources().closed(0);
    }
  }
}
