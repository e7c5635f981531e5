package org.raphe.backend.device;

import java.util.ArrayList;
import java.util.List;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

/** Three batches on a device of which the second is timed. */
public record TimedBatches(
    List<String> kernels, boolean allTake, boolean constant, boolean sameBits) {
  private static final int STEPS = 3;
  private static final int BATCH = 3;

  /** Trains them; the backend stays open, and with it what its timer holds. */
  public static TimedBatches on(DeviceBackend backend) {
    DeviceCase given =
        new DeviceCase(
            "9-5-3",
            NeuronModel.LIF,
            Mode.CLASSIFICATION,
            LearningSpec.published(Mode.CLASSIFICATION, new Naca()),
            STEPS,
            BATCH,
            false);
    List<LaunchTime> times = new ArrayList<>();
    String untimed = weights(backend, given, null, times);
    LaunchTimer timer = backend.timeLaunches();
    String timed = weights(backend, given, timer, times);
    long held = backend.resources().held();
    times.clear();
    weights(backend, given, timer, times);
    return new TimedBatches(
        times.stream().map(LaunchTime::kernel).toList(),
        times.stream().allMatch(time -> time.microseconds() > 0),
        held == backend.resources().held(),
        untimed.equals(timed));
  }

  private static String weights(
      DeviceBackend backend, DeviceCase given, LaunchTimer timer, List<LaunchTime> times) {
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(2 * BATCH))) {
      given.writeInitial(placed);
      int[] order = DeviceCase.order(2 * BATCH, 1);
      for (int step = 1; step <= 3; step++) {
        boolean timed = timer != null && step == 2;
        if (timed) {
          timer.beginBatch();
        }
        BatchSchedule.train(placed, shown, order, step, BATCH, 1, step, 1.0);
        if (timed) {
          times.addAll(timer.endBatch());
        }
      }
      return placed.readParameters().sha256();
    }
  }
}
