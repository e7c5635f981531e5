package org.raphe.backend.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;
import org.raphe.backend.device.KeptLaunch;
import org.raphe.backend.device.OwnedResources;

/**
 * Launches that come again and again, recorded: the host sends them by one call. They are recorded
 * when they come for the second time; then the driver has loaded their kernels, and what comes but
 * once is never recorded.
 */
final class CudaGraphs implements AutoCloseable {
  /** Sequences of launches that are remembered; the one that was not used for longest goes. */
  static final int MOST = 16;

  private final CudaContext context;

  /** What was launched so far, in order of use, and its graph; null for what came once. */
  private final Map<List<KeptLaunch>, CUgraphExec> known = new LinkedHashMap<>(MOST, 0.75f, true);

  CudaGraphs(CudaContext context) {
    this.context = context;
  }

  /** Launches these, by one call if they came before. */
  void launch(List<KeptLaunch> launches) {
    CUgraphExec graph = known.get(launches);
    if (graph == null && !known.containsKey(launches)) {
      launches.forEach(KeptLaunch::launch);
      remember(launches);
      return;
    }
    context.makeCurrent();
    CUgraphExec launched = graph == null ? record(launches) : graph;
    run(
        "cuGraphLaunch",
        about(launches),
        () -> JCudaDriver.cuGraphLaunch(launched, context.stream()));
    context.resources().launchedGraph(launches.size());
  }

  private static String about(List<KeptLaunch> launches) {
    return launches.size() + " launches of several batches";
  }

  private void remember(List<KeptLaunch> launches) {
    if (known.size() == MOST) {
      forget(List.of(known.keySet().iterator().next()));
    }
    known.put(launches, null);
  }

  private CUgraphExec record(List<KeptLaunch> launches) {
    String about = about(launches);
    CUgraph captured = capture(launches, about);
    CUgraphExec graph = new CUgraphExec();
    try {
      run(
          "cuGraphInstantiateWithFlags",
          about,
          () -> JCudaDriver.cuGraphInstantiate(graph, captured, 0));
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, () -> destroy(captured, about));
      throw e;
    }
    context.resources().opened(0);
    known.put(launches, graph);
    destroy(captured, about);
    return graph;
  }

  /** What the stream is given now is not run, but becomes a graph, which the caller destroys. */
  private CUgraph capture(List<KeptLaunch> launches, String about) {
    int mode = CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
    run(
        "cuStreamBeginCapture",
        about,
        () -> JCudaDriver.cuStreamBeginCapture(context.stream(), mode));
    try {
      for (KeptLaunch launch : launches) {
        launch.bindSlot();
        ((CudaKernel) launch.kernel()).record(launch.groupsX(), launch.groupsY(), launch.groupsZ());
      }
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, () -> destroy(endCapture(about), about));
      throw e;
    }
    return endCapture(about);
  }

  private CUgraph endCapture(String about) {
    CUgraph captured = new CUgraph();
    run(
        "cuStreamEndCapture",
        about,
        () -> JCudaDriver.cuStreamEndCapture(context.stream(), captured));
    context.resources().opened(0);
    return captured;
  }

  private void destroy(CUgraph captured, String about) {
    context.resources().closed(0);
    run("cuGraphDestroy", about, () -> JCudaDriver.cuGraphDestroy(captured));
  }

  /** Gives back the graphs that launch a kernel, which is closed. */
  void forget(CudaKernel kernel) {
    List<List<KeptLaunch>> with = new ArrayList<>();
    for (List<KeptLaunch> launches : known.keySet()) {
      if (launches.stream().anyMatch(launch -> launch.kernel() == kernel)) {
        with.add(launches);
      }
    }
    forget(with);
  }

  /** Gives back graphs once the device is done with them. */
  private void forget(List<List<KeptLaunch>> some) {
    OwnedResources released = new OwnedResources();
    for (List<KeptLaunch> launches : some) {
      CUgraphExec graph = known.remove(launches);
      if (graph != null) {
        released.add(
            () -> {
              context.resources().closed(0);
              run(
                  "cuGraphExecDestroy",
                  about(launches),
                  () -> JCudaDriver.cuGraphExecDestroy(graph));
            });
        released.add(context::waitForAll);
      }
    }
    released.close();
  }

  private void run(String call, String about, IntSupplier made) {
    context.calls().run(call, about, made);
  }

  @Override
  public void close() {
    forget(new ArrayList<>(known.keySet()));
  }
}
