package org.raphe.backend.opencl;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_program;
import org.raphe.RunException;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.KeptLaunch;
import org.raphe.backend.device.Kernel;
import org.raphe.backend.device.KernelAttributes;
import org.raphe.backend.device.KernelDevice;
import org.raphe.backend.device.KernelSettings;
import org.raphe.backend.device.LaunchLimits;
import org.raphe.backend.device.LaunchQueue;
import org.raphe.backend.device.LaunchShape;
import org.raphe.backend.device.OwnedResources;
import org.raphe.backend.device.ResourceCount;
import org.raphe.backend.device.SelfTest;
import org.raphe.kernels.opencl.OpenClSources;
import org.raphe.kernels.shared.KernelSignature;

/**
 * An OpenCL context on one device, with one queue that runs in order, and the programs compiled for
 * it.
 */
final class OpenClContext implements KernelDevice, AutoCloseable {
  /** Options of the numeric contract; nothing that relaxes arithmetic may join them. */
  private static final String ARITHMETIC = "-cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt";

  private final OpenClDevice device;
  private final LaunchShape shape;
  private final LaunchLimits launchLimits;
  private final UnaryOperator<String> sources;
  private final OpenClCalls calls;
  private final ResourceCount resources = new ResourceCount();
  private final Map<String, cl_program> programs = new HashMap<>();
  private final Map<String, KernelSignature> signatures = new HashMap<>();
  private final Map<cl_program, KernelAttributes> attributes = new HashMap<>();
  private final OwnedResources owned = new OwnedResources();
  private final LaunchQueue kept = new LaunchQueue(this);
  private cl_context context;
  private cl_command_queue queue;

  /** Null unless launches are timed. */
  private OpenClLaunchTimer timer;

  /**
   * @param limits what to take for the device's limits
   * @param sources what is done to a kernel's source before it is compiled
   */
  OpenClContext(
      OpenClDevice device, DeviceLimits limits, FaultPlan faults, UnaryOperator<String> sources) {
    this.device = device;
    shape = LaunchShape.of(limits);
    launchLimits = device.launchLimits(limits);
    this.sources = sources;
    calls = new OpenClCalls(device.words(), faults);
    try {
      context = createContext();
      queue = createQueue(0);
      SelfTest.check(this, device.words());
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, owned);
      throw e;
    }
  }

  private cl_context createContext() {
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, device.platform);
    cl_device_id[] only = {device.id};
    cl_context created =
        calls.create(
            "clCreateContext",
            "one device",
            status -> CL.clCreateContext(properties, 1, only, null, null, status));
    resources.opened(0);
    owned.add(
        () -> {
          resources.closed(0);
          calls.run("clReleaseContext", "one device", () -> CL.clReleaseContext(created));
        });
    return created;
  }

  @SuppressWarnings("deprecation") // The newer call is OpenCL 2.0, and 1.2 is what we ask for.
  private cl_command_queue createQueue(long properties) {
    cl_command_queue created =
        calls.create(
            "clCreateCommandQueue",
            "in order",
            status -> CL.clCreateCommandQueue(context, device.id, properties, status));
    resources.opened(0);
    owned.add(
        () -> {
          resources.closed(0);
          calls.run("clReleaseCommandQueue", "in order", () -> CL.clReleaseCommandQueue(created));
        });
    return created;
  }

  OpenClCalls calls() {
    return calls;
  }

  ResourceCount resources() {
    return resources;
  }

  cl_context context() {
    return context;
  }

  /** The device's own queue, which what {@link #queue} keeps is sent to. */
  cl_command_queue commands() {
    return queue;
  }

  /** Null unless launches are timed. */
  OpenClLaunchTimer timer() {
    return timer;
  }

  /** From now on launches are timed: they go to a queue that keeps times. */
  OpenClLaunchTimer timeLaunches() {
    if (timer == null) {
      finish();
      queue = createQueue(CL.CL_QUEUE_PROFILING_ENABLE);
      timer = new OpenClLaunchTimer(this);
    }
    return timer;
  }

  @Override
  public LaunchShape shape() {
    return shape;
  }

  @Override
  public boolean hasDoubles() {
    return device.doubles;
  }

  @Override
  public DeviceMemory allocate(String holds, long bytes) {
    if (bytes > device.limits.allocation()) {
      throw new RunException(
          holds
              + " needs "
              + bytes
              + " bytes, but "
              + device.words()
              + " allocates at most "
              + device.limits.allocation()
              + " at once; choose a smaller network or batch, or another device");
    }
    return new OpenClMemory(this, holds, bytes);
  }

  @Override
  public Kernel kernel(String name, KernelSettings settings, int groupX, int groupY) {
    return new OpenClKernel(
        this, signature(name), program(name, settings), new Extent(groupX, groupY, 1));
  }

  /** The parameters of a kernel, read from its text once. */
  private KernelSignature signature(String name) {
    return signatures.computeIfAbsent(
        name, known -> KernelSignature.parse(known, OpenClSources.read(known)));
  }

  @Override
  public LaunchLimits launchLimits() {
    return launchLimits;
  }

  @Override
  public KernelAttributes attributes(String name, KernelSettings settings) {
    cl_program program = program(name, settings);
    KernelAttributes known = attributes.get(program);
    if (known != null) {
      return known;
    }
    try (OpenClKernel asked =
        new OpenClKernel(this, signature(name), program, new Extent(1, 1, 1))) {
      return attributes(program, asked);
    }
  }

  /** What a kernel says of itself before it has arguments; asked once for a program. */
  KernelAttributes attributes(cl_program program, OpenClKernel kernel) {
    return attributes.computeIfAbsent(program, absent -> kernel.ask(device.id));
  }

  /** The program of a kernel, compiled once for the same settings. */
  private cl_program program(String name, KernelSettings settings) {
    String options =
        settings.values().entrySet().stream()
            .map(entry -> "-D " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" ", ARITHMETIC + " ", ""));
    String key = name + " " + options;
    cl_program known = programs.get(key);
    if (known == null) {
      known = build(name, options);
      programs.put(key, known);
    }
    return known;
  }

  private cl_program build(String name, String options) {
    String[] source = {sources.apply(OpenClSources.read(name))};
    cl_program program =
        calls.create(
            "clCreateProgramWithSource",
            name,
            status -> CL.clCreateProgramWithSource(context, 1, source, null, status));
    cl_device_id[] only = {device.id};
    try {
      calls.run(
          "clBuildProgram",
          name + " with " + options,
          () -> CL.clBuildProgram(program, 1, only, options, null, null));
    } catch (RunException e) {
      String said = buildLog(program);
      CL.clReleaseProgram(program);
      throw new RunException(e.getMessage() + "; the compiler says: " + said, e);
    }
    resources.opened(0);
    owned.add(
        () -> {
          resources.closed(0);
          calls.run("clReleaseProgram", name, () -> CL.clReleaseProgram(program));
        });
    return program;
  }

  /** What the device's compiler said, on one line. */
  private String buildLog(cl_program program) {
    long[] size = new long[1];
    int log = CL.CL_PROGRAM_BUILD_LOG;
    if (CL.clGetProgramBuildInfo(program, device.id, log, 0, null, size) != CL.CL_SUCCESS) {
      return "nothing";
    }
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Pointer text = Pointer.to(bytes);
    if (CL.clGetProgramBuildInfo(program, device.id, log, size[0], text, null) != CL.CL_SUCCESS) {
      return "nothing";
    }
    String said = new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    return said.isEmpty() ? "nothing" : said;
  }

  @Override
  public LaunchQueue queue() {
    return kept;
  }

  @Override
  public boolean sendsAtOnce() {
    return timer != null && timer.isTiming();
  }

  @Override
  public void launch(List<KeptLaunch> launches) {
    launches.forEach(KeptLaunch::launch);
  }

  @Override
  public void finish() {
    kept.send();
    calls.run("clFinish", "waiting for all that was launched", () -> CL.clFinish(queue));
  }

  @Override
  public void close() {
    owned.close();
  }
}
