package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.raphe.backend.Backend;
import org.raphe.backend.device.DeviceBackend;
import org.raphe.backend.device.LaunchTimer;
import org.raphe.network.NeuronModel;

/**
 * How long each kernel of a batch runs, by the device's clock, beside what was predicted for an
 * H100. It passes when every launch was measured, however fast.
 */
final class KernelTimesCheck implements Check {
  /** The network that predictions are made for. */
  private static final String NETWORK = "784-1000-10";

  @Override
  public String name() {
    return "kernel times";
  }

  @Override
  public Finding run(Task task) {
    List<BatchTimes> all = new ArrayList<>();
    for (NeuronModel neuron : NeuronModel.values()) {
      for (int batch : task.scope().timedSizes()) {
        // Opened anew, so that batches without timing run as they always do.
        try (Backend backend = task.open()) {
          all.add(times((DeviceBackend) backend, neuron, batch, task));
        }
      }
    }
    return finding(all, Predictions.bundled());
  }

  private static BatchTimes times(DeviceBackend backend, NeuronModel neuron, int batch, Task task) {
    Scope scope = task.scope();
    try (NetworkRun run = new NetworkRun(backend, NETWORK, neuron, batch, task.mnist().train())) {
      // A device at rest takes its time to reach its clock.
      untimed(run, 1 + scope.timedBatches() / 4, scope.timedSeconds());
      double whole = untimed(run, scope.timedBatches(), scope.timedSeconds());
      KernelTimes launches = timed(run, backend.timeLaunches(), scope.timedBatches());
      return new BatchTimes(NETWORK + " " + neuron, batch, whole, launches);
    }
  }

  /** Microseconds a batch by the host's clock, many batches in a row and for so many seconds. */
  private static double untimed(NetworkRun run, int batches, double seconds) {
    long from = System.nanoTime();
    int done = 0;
    do {
      for (int more = 0; more < batches; more++) {
        run.train();
      }
      run.finish();
      done += batches;
    } while (System.nanoTime() - from < 1e9 * seconds);
    return (System.nanoTime() - from) / 1e3 / done;
  }

  private static KernelTimes timed(NetworkRun run, LaunchTimer timer, int batches) {
    KernelTimes times = new KernelTimes();
    for (int done = 0; done < batches; done++) {
      timer.beginBatch();
      run.train();
      times.add(timer.endBatch());
    }
    run.finish();
    return times;
  }

  private static Finding finding(List<BatchTimes> all, Predictions predictions) {
    Map<String, Object> figures = new LinkedHashMap<>();
    List<String> details = new ArrayList<>();
    for (BatchTimes each : all) {
      figures.put(each.name(), each.figures(predictions));
      details.addAll(each.lines(predictions));
    }
    if (all.stream().anyMatch(each -> each.launches().batches() == 0)) {
      String why =
          "launches could not be timed: the device waited for the host between them, as it does with --sync";
      return new Finding(Outcome.NOT_RUN, why, details, figures);
    }
    if (all.stream().anyMatch(each -> each.launches().standStill())) {
      String why = "the device's clock says that a kernel took no time";
      return new Finding(Outcome.FAILED, why, details, figures);
    }
    String measured =
        all.stream().map(each -> each.name() + " " + each.rate()).collect(Collectors.joining("; "));
    return new Finding(Outcome.PASSED, measured, details, figures);
  }
}
