package org.raphe.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.Kernel;
import org.raphe.backend.device.KernelArguments;
import org.raphe.kernels.shared.KernelSignature;

/**
 * A CUDA kernel with its arguments. Numbers and structs stand in one block of direct memory, which
 * every launch reads; memory stands as the driver's own pointers.
 */
final class CudaKernel implements Kernel {
  private static final int BLOCK_BYTES = 512;
  private static final int LARGEST_ALIGNMENT = 8;

  private final CudaContext context;
  private final CudaFunction function;
  private final Extent group;
  private final ByteBuffer block =
      ByteBuffer.allocateDirect(BLOCK_BYTES).order(ByteOrder.nativeOrder());

  /** Arguments in the kernel's order, the settings of a launch first. */
  private final NativePointerObject[] pointers;

  /** Where each number or struct stands in the block; 0 for memory. */
  private final int[] places;

  private final DeviceMemory[] memories;

  /** The block's beginning, where eight zeros stand: the address of no memory. */
  private final Pointer base = Pointer.to(block);

  private final KernelArguments arguments;
  private int used = LARGEST_ALIGNMENT;
  private int sharedBytes;
  private Pointer parameters;
  private boolean closed;

  CudaKernel(
      CudaContext context,
      KernelSignature signature,
      CudaFunction function,
      ByteBuffer settings,
      Extent group) {
    this.context = context;
    arguments = new KernelArguments(signature);
    this.function = function;
    this.group = group;
    int count = 1 + signature.parameters().size();
    pointers = new NativePointerObject[count];
    places = new int[count];
    memories = new DeviceMemory[count];
    place(0, settings.remaining());
    block.put(places[0], settings, settings.position(), settings.remaining());
    for (int k = 1; k < count; k++) {
      place(k, signature.parameters().get(k - 1).bytes());
    }
    context.resources().opened(0);
  }

  /** Makes room in the block for an argument of {@code bytes} bytes; memory takes none. */
  private void place(int argument, int bytes) {
    if (bytes == 0) {
      pointers[argument] = base;
      return;
    }
    places[argument] = used;
    pointers[argument] = base.withByteOffset(used);
    used += (bytes + LARGEST_ALIGNMENT - 1) / LARGEST_ALIGNMENT * LARGEST_ALIGNMENT;
  }

  @Override
  public Kernel bind(String parameter, DeviceMemory memory) {
    int argument = 1 + arguments.memory(parameter);
    if (memories[argument] != memory) {
      memories[argument] = memory;
      pointers[argument] = pointerTo(memory);
      parameters = null;
    }
    return this;
  }

  /** A pointer to the device's address; a null one for no memory. */
  private NativePointerObject pointerTo(DeviceMemory memory) {
    return memory == null ? base : Pointer.to(((CudaMemory) memory).pointer());
  }

  @Override
  public Kernel bind(String parameter, int value) {
    block.putInt(places[1 + arguments.wholeNumber(parameter)], value);
    return this;
  }

  @Override
  public Kernel bind(String parameter, float value) {
    block.putFloat(places[1 + arguments.number(parameter)], value);
    return this;
  }

  @Override
  public Kernel bind(String parameter, ByteBuffer struct) {
    int bytes = struct.remaining();
    block.put(places[1 + arguments.struct(parameter, bytes)], struct, struct.position(), bytes);
    return this;
  }

  @Override
  public Kernel room(int bytes) {
    arguments.room();
    sharedBytes = bytes;
    return this;
  }

  @Override
  public void launch(int groupsX, int groupsY, int groupsZ) {
    Extent grid = prepare(groupsX, groupsY, groupsZ);
    String about = about(grid);
    CudaLaunchTimer timer = context.timer();
    if (timer != null) {
      timer.launching(function.attributes.kernel());
    }
    enqueue(grid, about);
    if (timer != null) {
      timer.launched();
    }
    context.resources().launched();
    context.resources().reserved(context.stackBytes(function));
    context.launched(about);
  }

  /** Puts a launch into the stream, which records it and runs nothing. */
  void record(int groupsX, int groupsY, int groupsZ) {
    Extent grid = prepare(groupsX, groupsY, groupsZ);
    enqueue(grid, about(grid));
  }

  /** Asks whether the launch is one that the device takes, and makes all ready for it. */
  private Extent prepare(int groupsX, int groupsY, int groupsZ) {
    arguments.checkComplete();
    if (parameters == null) {
      parameters = Pointer.to(pointers);
    }
    Extent grid = new Extent(groupsX, groupsY, groupsZ);
    context.launchLimits().check(function.attributes, grid, group, sharedBytes);
    context.makeCurrent();
    function.allowShared(sharedBytes);
    return grid;
  }

  private void enqueue(Extent grid, String about) {
    context
        .calls()
        .run(
            "cuLaunchKernel",
            about,
            () ->
                JCudaDriver.cuLaunchKernel(
                    function.handle,
                    (int) grid.x(),
                    (int) grid.y(),
                    (int) grid.z(),
                    (int) group.x(),
                    (int) group.y(),
                    1,
                    sharedBytes,
                    context.stream(),
                    parameters,
                    null));
  }

  /** What is launched, for messages; also the memory for stacks that the driver has yet to find. */
  private String about(Extent grid) {
    long stacks = context.stackBytes(function);
    return function.attributes.kernel()
        + ", grid "
        + grid
        + " of blocks "
        + group.x()
        + " x "
        + group.y()
        + (stacks > context.resources().reservedBytes()
            ? ", whose threads' stacks take " + stacks + " bytes of the device's memory"
            : "");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      context.resources().closed(0);
      context.graphs().forget(this);
    }
  }
}
