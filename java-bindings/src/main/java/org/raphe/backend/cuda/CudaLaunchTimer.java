package org.raphe.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.raphe.backend.device.LaunchTime;
import org.raphe.backend.device.LaunchTimer;

/**
 * Puts an event before and after each launch. A device that is faster than the host would wait
 * between a launch's events for the launch itself; so a batch stands behind copies that take the
 * device longer than the host takes to launch it all, and whether they did is asked afterwards.
 */
final class CudaLaunchTimer implements LaunchTimer {
  /**
   * Bytes of a copy: long enough to pay for its call, and little of what a device's caches hold.
   */
  private static final long COPY_BYTES = 2L << 20;

  private static final int MOST_COPIES = 256;

  private final CudaContext context;
  private final List<CUevent> events = new ArrayList<>();
  private final List<String> kernels = new ArrayList<>();
  private final Pointer from = new Pointer();
  private final CUdeviceptr to = new CUdeviceptr();
  private int copies = 4;
  private boolean timing;

  CudaLaunchTimer(CudaContext context) {
    this.context = context;
    context.makeCurrent();
    String about = "a head start, " + COPY_BYTES + " bytes";
    run("cuMemAllocHost", about, () -> JCudaDriver.cuMemAllocHost(from, COPY_BYTES));
    context.own(() -> run("cuMemFreeHost", about, () -> JCudaDriver.cuMemFreeHost(from)), 0);
    run("cuMemAlloc", about, () -> JCudaDriver.cuMemAlloc(to, COPY_BYTES));
    context.own(() -> run("cuMemFree", about, () -> JCudaDriver.cuMemFree(to)), COPY_BYTES);
  }

  @Override
  public void beginBatch() {
    context.finish();
    kernels.clear();
    timing = true;
    for (int copy = 0; copy < copies; copy++) {
      run(
          "cuMemcpyHtoDAsync",
          "a head start",
          () -> JCudaDriver.cuMemcpyHtoDAsync(to, from, COPY_BYTES, context.stream()));
    }
  }

  /** Whether launches are timed now. */
  boolean isTiming() {
    return timing;
  }

  /** Before a launch. */
  void launching(String kernel) {
    if (timing) {
      record(2 * kernels.size());
      kernels.add(kernel);
    }
  }

  /** After it. */
  void launched() {
    if (timing) {
      record(2 * kernels.size() - 1);
    }
  }

  private void record(int number) {
    if (number == events.size()) {
      CUevent created = new CUevent();
      run("cuEventCreate", "timing", () -> JCudaDriver.cuEventCreate(created, 0));
      context.own(
          () -> run("cuEventDestroy", "timing", () -> JCudaDriver.cuEventDestroy(created)), 0);
      events.add(created);
    }
    CUevent event = events.get(number);
    run("cuEventRecord", "timing", () -> JCudaDriver.cuEventRecord(event, context.stream()));
  }

  @Override
  public List<LaunchTime> endBatch() {
    timing = false;
    boolean late = !kernels.isEmpty() && isDone(events.get(0));
    context.finish();
    if (late && copies < MOST_COPIES) {
      copies *= 2;
    }
    List<LaunchTime> times = new ArrayList<>();
    for (int launch = 0; !late && launch < kernels.size(); launch++) {
      times.add(new LaunchTime(kernels.get(launch), microseconds(launch)));
    }
    return times;
  }

  private boolean isDone(CUevent event) {
    int status = JCudaDriver.cuEventQuery(event);
    if (status != CUresult.CUDA_SUCCESS && status != CUresult.CUDA_ERROR_NOT_READY) {
      throw context.calls().failure("cuEventQuery", "timing", status);
    }
    return status == CUresult.CUDA_SUCCESS;
  }

  private double microseconds(int launch) {
    float[] milliseconds = new float[1];
    run(
        "cuEventElapsedTime",
        kernels.get(launch),
        () ->
            JCudaDriver.cuEventElapsedTime(
                milliseconds, events.get(2 * launch), events.get(2 * launch + 1)));
    return 1e3 * milliseconds[0];
  }

  private void run(String call, String about, IntSupplier made) {
    context.calls().run(call, about, made);
  }
}
