package org.raphe.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;
import org.raphe.RunException;
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
import org.raphe.kernels.cuda.CudaSources;
import org.raphe.kernels.shared.KernelSignature;

/**
 * A CUDA context on one device, with one stream that runs in order, and the modules loaded into it.
 */
final class CudaContext implements KernelDevice, AutoCloseable {
  private static final int LOG_BYTES = 8192;

  private final CudaDevice device;
  private final LaunchShape shape;
  private final UnaryOperator<String> sources;
  private final boolean synchronous;
  private final CudaCalls calls;
  private final ResourceCount resources = new ResourceCount();
  private final Map<String, CUmodule> modules = new HashMap<>();
  private final Map<String, KernelSignature> signatures = new HashMap<>();
  private final Map<String, CudaFunction> functions = new HashMap<>();
  private final OwnedResources owned = new OwnedResources();
  private final LaunchQueue queue = new LaunchQueue(this);
  private final CudaGraphs graphs = new CudaGraphs(this);
  private final CUcontext context = new CUcontext();
  private final CUstream stream = new CUstream();

  /** Null unless launches are timed. */
  private CudaLaunchTimer timer;

  /**
   * @param sources what is done to a kernel's PTX before it is loaded
   * @param synchronous whether each launch is waited for, so that a failure names its kernel
   */
  CudaContext(
      CudaDevice device,
      LaunchShape shape,
      FaultPlan faults,
      UnaryOperator<String> sources,
      boolean synchronous) {
    this.device = device;
    this.shape = shape;
    this.sources = sources;
    this.synchronous = synchronous;
    calls = new CudaCalls(device.words(), faults);
    try {
      createContext();
      createStream();
      owned.add(graphs);
      SelfTest.check(this, device.words());
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, owned);
      throw e;
    }
  }

  private void createContext() {
    calls.run("cuCtxCreate", "one device", () -> JCudaDriver.cuCtxCreate(context, 0, device.id));
    own(() -> calls.run("cuCtxDestroy", "one device", () -> JCudaDriver.cuCtxDestroy(context)));
  }

  private void createStream() {
    calls.run("cuStreamCreate", "in order", () -> JCudaDriver.cuStreamCreate(stream, 0));
    own(() -> calls.run("cuStreamDestroy", "in order", () -> JCudaDriver.cuStreamDestroy(stream)));
  }

  private void own(Runnable release) {
    own(release, 0);
  }

  /**
   * Counts a resource of so many bytes, and releases it when this context closes, which is current
   * then.
   */
  void own(Runnable release, long bytes) {
    resources.opened(bytes);
    owned.add(
        () -> {
          resources.closed(bytes);
          makeCurrent();
          release.run();
        });
  }

  CudaCalls calls() {
    return calls;
  }

  ResourceCount resources() {
    return resources;
  }

  CUstream stream() {
    return stream;
  }

  /** Null unless launches are timed. */
  CudaLaunchTimer timer() {
    return timer;
  }

  /** From now on launches are timed. */
  CudaLaunchTimer timeLaunches() {
    if (timer == null) {
      timer = new CudaLaunchTimer(this);
    }
    return timer;
  }

  /** Bytes of the device's memory that nobody holds. */
  long freeBytes() {
    long[] free = new long[1];
    long[] total = new long[1];
    makeCurrent();
    calls.run("cuMemGetInfo", "free memory", () -> JCudaDriver.cuMemGetInfo(free, total));
    return free[0];
  }

  /** Makes this context the calling thread's own: the driver keeps one a thread. */
  void makeCurrent() {
    calls.run("cuCtxSetCurrent", "this device", () -> JCudaDriver.cuCtxSetCurrent(context));
  }

  /** Waits for a launch where each is waited for. */
  void launched(String about) {
    if (synchronous) {
      calls.run(
          "cuStreamSynchronize", "after " + about, () -> JCudaDriver.cuStreamSynchronize(stream));
    }
  }

  @Override
  public LaunchShape shape() {
    return shape;
  }

  /** Every device since compute capability 1.3 has them. */
  @Override
  public boolean hasDoubles() {
    return true;
  }

  @Override
  public DeviceMemory allocate(String holds, long bytes) {
    return new CudaMemory(this, holds, bytes);
  }

  @Override
  public Kernel kernel(String name, KernelSettings settings, int groupX, int groupY) {
    return new CudaKernel(
        this,
        signature(name),
        function(name, settings),
        CudaVariant.launchSettings(settings),
        new Extent(groupX, groupY, 1));
  }

  /** The parameters of a kernel, read from its text once. */
  private KernelSignature signature(String name) {
    return signatures.computeIfAbsent(
        name, known -> KernelSignature.parse(known, CudaSources.read(known)));
  }

  @Override
  public KernelAttributes attributes(String name, KernelSettings settings) {
    return function(name, settings).attributes;
  }

  @Override
  public LaunchLimits launchLimits() {
    return device.launchLimits;
  }

  /** The kernel of a variant, asked about once. */
  private CudaFunction function(String name, KernelSettings settings) {
    makeCurrent();
    String variant = CudaVariant.of(name, settings);
    CudaFunction known = functions.get(variant);
    if (known == null) {
      known = new CudaFunction(this, module(variant), name);
      functions.put(variant, known);
    }
    return known;
  }

  /** Device memory that the driver takes for a kernel's stack, of every thread it can hold. */
  long stackBytes(CudaFunction function) {
    return function.attributes.stackBytes() * device.residentThreads;
  }

  /** The module of a variant, loaded once. */
  private CUmodule module(String variant) {
    CUmodule known = modules.get(variant);
    if (known == null) {
      known = load(variant);
      modules.put(variant, known);
    }
    return known;
  }

  private CUmodule load(String variant) {
    byte[] text =
        (sources.apply(CudaSources.readPtx(variant)) + "\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer image = ByteBuffer.allocateDirect(text.length).order(ByteOrder.nativeOrder());
    image.put(0, text);
    JITOptions options = new JITOptions();
    options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, new byte[LOG_BYTES]);
    options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LOG_BYTES);
    CUmodule module = new CUmodule();
    try {
      calls.run(
          "cuModuleLoadDataEx",
          variant,
          () -> JCudaDriver.cuModuleLoadDataJIT(module, Pointer.to(image), options));
    } catch (RunException e) {
      throw new RunException(e.getMessage() + "; the driver's compiler says: " + log(options), e);
    }
    own(() -> calls.run("cuModuleUnload", variant, () -> JCudaDriver.cuModuleUnload(module)));
    return module;
  }

  private static String log(JITOptions options) {
    byte[] bytes = options.getBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER);
    String said = new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    return said.isEmpty() ? "nothing" : said;
  }

  @Override
  public LaunchQueue queue() {
    return queue;
  }

  CudaGraphs graphs() {
    return graphs;
  }

  @Override
  public boolean sendsAtOnce() {
    return synchronous || timer != null && timer.isTiming();
  }

  /** Launches of a full table are a graph once they have come before; others are made singly. */
  @Override
  public void launch(List<KeptLaunch> launches) {
    if (!sendsAtOnce() && KeptLaunch.fillTable(launches)) {
      graphs.launch(launches);
    } else {
      launches.forEach(KeptLaunch::launch);
    }
  }

  @Override
  public void finish() {
    queue.send();
    waitForAll();
  }

  /** Waits until all that was sent is done. */
  void waitForAll() {
    makeCurrent();
    calls.run(
        "cuStreamSynchronize",
        "waiting for all that was launched",
        () -> JCudaDriver.cuStreamSynchronize(stream));
  }

  @Override
  public void close() {
    owned.close();
  }
}
