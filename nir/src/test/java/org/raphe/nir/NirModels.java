package org.raphe.nir;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.ClassNames;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.model.Model;
import org.raphe.model.ModelProvenance;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;

/** Small models, and the spikes of their layers for recorded input spikes. */
final class NirModels {
  /** Steps of one word and of two. */
  static final List<String> TEXTS =
      List.of("12-9-3", "3x4x2-9-7-3", "6x7x2-c3k3p1-pool-c4k2s1-pool-5-3", "5x5x1-c2k3s2-4");

  private NirModels() {}

  static Model of(String text, int steps) {
    NetworkSpec network = NetworkText.parse(text, NeuronModel.LIF, Mode.CLASSIFICATION);
    return new Model(
        network,
        steps,
        0.5f,
        0f,
        new FeatureScaling.Raw(),
        ClassNames.numbered(network.classes()),
        null,
        7,
        strong(Parameters.draw(network, 3)),
        "0123456789abcdef",
        new ModelProvenance("0.0.9", 1, "naca", Map.of("lambda", "0.5"), "some", "ab", null));
  }

  /** Weights that make every layer spike. */
  private static Parameters strong(Parameters drawn) {
    return new Parameters(
        drawn.layers().stream()
            .map(
                layer -> new LayerParameters(times(layer.weights(), 3f), times(layer.biases(), 2f)))
            .toList());
  }

  private static float[] times(float[] values, float factor) {
    float[] product = values.clone();
    for (int k = 0; k < product.length; k++) {
      product[k] *= factor;
    }
    return product;
  }

  /** Recorded input spikes, [word][input]. */
  static int[] inputSpikes(Model model, long seed) {
    int inputs = model.network().input().size();
    int words = (model.steps() + 31) / 32;
    Random random = new Random(seed);
    int[] trains = new int[words * inputs];
    for (int step = 0; step < model.steps(); step++) {
      for (int input = 0; input < inputs; input++) {
        trains[step / 32 * inputs + input] |= random.nextInt(3) == 0 ? 1 << step % 32 : 0;
      }
    }
    return trains;
  }

  /** Spikes of each layer, [word][unit], as the CPU backend gives them. */
  static List<int[]> layerSpikes(Model model, int[] inputSpikes) {
    NetworkSpec network = model.network();
    float[] none = new float[network.input().size()];
    Samples sample =
        Samples.ofFeatures("one", network.input(), network.classes(), none, new int[] {0});
    try (CpuBackend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(model.placement(1));
        PlacedSamples shown = placed.placeSamples(sample)) {
      placed.writeParameters(model.parameters());
      placed.beginBatch(shown, new int[] {0}, 0, 1);
      placed.writeInputSpikes(inputSpikes);
      BatchSchedule.testBegun(placed);
      int[][] spikes = new int[network.layers().size()][];
      Arrays.setAll(spikes, placed::readSpikeTrains);
      return List.of(spikes);
    }
  }
}
