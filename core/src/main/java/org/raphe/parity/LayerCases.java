package org.raphe.parity;

import java.util.ArrayList;
import java.util.List;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;
import org.raphe.training.LayerSchedule;

/**
 * Small networks of three hidden layers that learn in their own time: the first closes while others
 * learn, the second opens within an epoch at another rate, the third opens last.
 */
final class LayerCases {
  private static final List<LayerSchedule> LAYERS =
      List.of(
          LayerSchedule.ALWAYS.between(0, 1.5),
          LayerSchedule.ALWAYS.between(0.25, 2).withRateFactor(0.5),
          LayerSchedule.ALWAYS.between(1, Double.POSITIVE_INFINITY).withRateFactor(2));

  private LayerCases() {}

  static List<ParityCase> all() {
    List<ParityCase> cases = new ArrayList<>();
    for (NeuronModel neuron : NeuronModel.values()) {
      int steps = neuron == NeuronModel.LIF ? 20 : 1;
      cases.add(of("20-64-17-40-3", neuron, new Naca(), steps));
      cases.add(of("20-64-17-40-3", neuron, new LocalError(LocalError.Heads.LEARNED), steps));
      cases.add(of("6x5x2-c9k3p1-pool-c7k3p1-13-5", neuron, new Naca(), steps));
    }
    return cases;
  }

  private static ParityCase of(String network, NeuronModel neuron, Rule rule, int steps) {
    return new ParityCase(
        NetworkText.parse(network, neuron, Mode.CLASSIFICATION),
        LearningSpec.published(Mode.CLASSIFICATION, rule).withOptimizer(Optimizer.Adam.of(1e-3)),
        3,
        steps,
        LAYERS);
  }
}
