package org.raphe.backend.opencl;

import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.raphe.backend.device.LaunchTime;
import org.raphe.backend.device.LaunchTimer;

/** Keeps the event of each launch, which knows when the launch began and ended on the device. */
final class OpenClLaunchTimer implements LaunchTimer {
  private final OpenClContext context;
  private final List<String> kernels = new ArrayList<>();
  private final List<cl_event> events = new ArrayList<>();
  private boolean timing;

  /**
   * @param context its queue keeps times
   */
  OpenClLaunchTimer(OpenClContext context) {
    this.context = context;
  }

  @Override
  public void beginBatch() {
    context.finish();
    timing = true;
  }

  /** Whether launches are timed now. */
  boolean isTiming() {
    return timing;
  }

  /** What a launch hands its event to; null for nothing. */
  cl_event launching() {
    return timing ? new cl_event() : null;
  }

  /** The launch was made; {@code event} is what {@link #launching} gave. */
  void launched(String kernel, cl_event event) {
    if (event != null) {
      context.resources().opened(0);
      kernels.add(kernel);
      events.add(event);
    }
  }

  @Override
  public List<LaunchTime> endBatch() {
    timing = false;
    List<LaunchTime> times = new ArrayList<>();
    try {
      context.finish();
      for (int launch = 0; launch < events.size(); launch++) {
        long from = nanoseconds(launch, CL.CL_PROFILING_COMMAND_START);
        long to = nanoseconds(launch, CL.CL_PROFILING_COMMAND_END);
        times.add(new LaunchTime(kernels.get(launch), 1e-3 * (to - from)));
      }
    } finally {
      release();
    }
    return times;
  }

  private long nanoseconds(int launch, int which) {
    long[] value = new long[1];
    context
        .calls()
        .run(
            "clGetEventProfilingInfo",
            kernels.get(launch),
            () ->
                CL.clGetEventProfilingInfo(
                    events.get(launch), which, Sizeof.cl_ulong, Pointer.to(value), null));
    return value[0];
  }

  /** A release that fails leaves nothing to do: the device was lost before. */
  private void release() {
    for (cl_event event : events) {
      context.resources().closed(0);
      CL.clReleaseEvent(event);
    }
    events.clear();
    kernels.clear();
  }
}
