package org.raphe.backend.cuda;

import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.device.CompetitiveCases;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.ResourceCount;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.Naca;

/** Trains and tests a thousand batches and prints what is held meanwhile and afterwards. */
final class ResourcesProgram {
  private static final int BATCHES = 1000;

  private ResourcesProgram() {}

  public static void main(String[] arguments) {
    try (CudaBackend backend = new CudaBackend(0, false)) {
      for (NeuronModel neuron : NeuronModel.values()) {
        for (Mode mode : Mode.values()) {
          batches(backend, given(neuron, mode));
        }
      }
      for (AssociativeReadout readout : AssociativeReadout.values()) {
        batches(backend, CompetitiveCases.small(readout, 3));
      }
      backend.close();
      ResourceCount left = backend.resources();
      HarnessRun.row("closed: held " + left.held() + ", bytes " + left.bytes());
    }
  }

  static DeviceCase given(NeuronModel neuron, Mode mode) {
    LearningSpec learning = LearningSpec.published(mode, new Naca());
    int steps = neuron == NeuronModel.LIF ? 2 : 1;
    return new DeviceCase("9-5-3", neuron, mode, learning, steps, 3, false);
  }

  /** Prints the most launches of a batch, and whether what is held stays after the first one. */
  private static void batches(CudaBackend backend, DeviceCase given) {
    ResourceCount resources = backend.resources();
    long before = resources.bytes();
    long held = 0;
    long bytes = 0;
    long mostLaunches = 0;
    boolean constant = true;
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(6))) {
      for (int batch = 1; batch <= BATCHES / 6; batch++) {
        long launched = resources.launches();
        int[] order = DeviceCase.order(6, batch);
        BatchSchedule.train(placed, shown, order, batch % 4, 3 - batch % 2, batch, batch, 1.0);
        placed.takeCounters(); // Sends what was kept.
        mostLaunches = Math.max(mostLaunches, resources.launches() - launched);
        BatchSchedule.test(placed, shown, order, 0, 3, 1);
        placed.takeCounters();
        constant &= batch == 1 || held == resources.held() && bytes == resources.bytes();
        held = resources.held();
        bytes = resources.bytes();
      }
    }
    boolean released = bytes > before && resources.bytes() == before;
    HarnessRun.row(
        "constant " + constant + ", released " + released + ", launches " + mostLaunches);
  }
}
