package org.raphe.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.raphe.data.Samples;
import org.raphe.model.Model;
import org.raphe.model.SpikeRaster;
import org.raphe.network.NeuronModel;
import org.raphe.result.ExampleSpikes;

/**
 * The spikes of one sample, as result.json says them: some units and steps, so that it stays small.
 */
final class ExampleSpikesEntry {
  /** Units of a layer, and steps, that are written at most. */
  private static final int MOST_UNITS = 64;

  private static final int MOST_STEPS = 256;

  private ExampleSpikesEntry() {}

  /**
   * Of a model at the end of a run; null of rate units.
   *
   * @param measuredBy the samples that measured it, of which the first is shown
   */
  static ExampleSpikes of(Model model, Samples measuredBy) {
    if (model.network().neuron() != NeuronModel.LIF) {
      return null;
    }
    SpikeRaster raster = SpikeRaster.of(model, measuredBy);
    return new ExampleSpikes(
        raster.label(),
        raster.predicted(),
        model.steps(),
        raster.layers().stream().map(ExampleSpikesEntry::layer).toList());
  }

  private static ExampleSpikes.LayerSpikes layer(SpikeRaster.Layer layer) {
    int count = Math.min(MOST_UNITS, layer.units());
    List<Integer> shown =
        IntStream.range(0, count).mapToObj(k -> (int) ((long) k * layer.units() / count)).toList();
    long spikes = 0;
    for (int word : layer.trains()) {
      spikes += Integer.bitCount(word);
    }
    return new ExampleSpikes.LayerSpikes(
        layer.units(), spikes, shown, shown.stream().map(unit -> train(layer, unit)).toList());
  }

  private static String train(SpikeRaster.Layer layer, int unit) {
    return IntStream.range(0, Math.min(MOST_STEPS, layer.steps()))
        .mapToObj(step -> layer.spikes(unit, step) ? "1" : "0")
        .collect(Collectors.joining());
  }
}
