package org.raphe.model;

import java.util.ArrayList;
import java.util.List;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.Samples;
import org.raphe.network.NeuronModel;
import org.raphe.random.RandomStream;

/**
 * The spikes of a spiking network's layers while it is shown the first of some samples: those that
 * it emits when all of them are tested, to the bit, on every backend.
 *
 * @param label class of the sample
 * @param predicted class that it is taken for
 * @param layers first hidden layer first, the read-out last
 */
public record SpikeRaster(int label, int predicted, List<Layer> layers) {

  /**
   * Spikes of a layer.
   *
   * @param units how many it has
   * @param steps T
   * @param trains [word][unit], 32 steps a word, least bit first
   */
  public record Layer(int units, int steps, int[] trains) {

    /** Whether a unit spikes at a step, both from 0. */
    public boolean spikes(int unit, int step) {
      return (trains[step / 32 * units + unit] >>> step % 32 & 1) != 0;
    }
  }

  /**
   * Shows a sample.
   *
   * @param model of spiking units
   * @param samples not scaled yet; the first is shown, as number 0
   * @throws IllegalArgumentException if the model has no spiking units
   */
  public static SpikeRaster of(Model model, Samples samples) {
    if (model.network().neuron() != NeuronModel.LIF) {
      throw new IllegalArgumentException("rate units emit no spikes");
    }
    Samples first = model.features().apply(samples.first(1));
    try (CpuBackend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(model.placement(1));
        PlacedSamples shown = placed.placeSamples(first)) {
      placed.writeParameters(model.parameters());
      int[] indices = {0};
      BatchSchedule.test(placed, shown, indices, 0, 1, RandomStream.TEST_SPIKES.number(0));
      List<Layer> layers = new ArrayList<>();
      for (int layer = 0; layer < model.network().layers().size(); layer++) {
        int units = model.network().layers().get(layer).units();
        layers.add(new Layer(units, model.steps(), placed.readSpikeTrains(layer)));
      }
      Prediction prediction = Prediction.of(placed.readOutputs(), model.classNames());
      return new SpikeRaster(first.label(0), prediction.label(), layers);
    }
  }
}
