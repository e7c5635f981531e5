package org.raphe.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.raphe.network.Mode.CLASSIFICATION;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.BackPropagation;
import org.raphe.rule.BackPropagationThroughTime;
import org.raphe.rule.Frozen;
import org.raphe.rule.Hybrid;
import org.raphe.rule.LocalError;
import org.raphe.rule.Rule;

/**
 * Numbers worked by hand for a network 3-4-2, 12 + 4 and 8 + 2 parameters: 10 samples in batches of
 * 4, hence 3 steps of the optimizer.
 */
class BackpropagationCostTest {

  private static NetworkSpec network(NeuronModel neuron) {
    return NetworkText.parse("3-4-2", neuron, Mode.CLASSIFICATION);
  }

  private static BackpropagationCost cost(NeuronModel neuron, Optimizer optimizer, int steps) {
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new Frozen()).withOptimizer(optimizer);
    return BackpropagationCost.of(network(neuron), learning, steps, 4, 10, 3);
  }

  @Test
  void rateUnitsWithAdam() {
    BackpropagationCost cost = cost(NeuronModel.RATE, Optimizer.Adam.of(1e-3), 1);
    assertEquals(10, cost.samples());
    assertEquals(10 * (12 + 8), cost.forwardMacs());
    assertEquals(10 * 8, cost.backwardMacs(), "no error goes back to the input");
    assertEquals(10 * (12 + 8), cost.gradientMacs());
    assertEquals(10 * (8 + 12 + 8), cost.learningMacs());
    assertEquals(3 * 26, cost.weightWrites());
    assertEquals(10 * 6, cost.neuronUpdates());
    assertEquals(4 * 4 * (3 + 4 + 2), cost.storedActivationBytes(), "x, h and y of a batch");
    long parameters = 3 * 26 * (8 + 1) + 3 * 8;
    long inputsForward = 10 * (3 + 4);
    long kept = 10 * 2 * (3 + 4 + 2);
    long errors = 10 * (2 * 4 + 3 * 2);
    assertEquals(4 * (parameters + inputsForward + kept + errors), cost.bytesMoved());
  }

  @Test
  void spikingUnitsWithSgd() {
    BackpropagationCost cost = cost(NeuronModel.LIF, new Optimizer.Sgd(0.1), 5);
    assertEquals(5 * 10 * (12 + 8), cost.forwardMacs());
    assertEquals(5 * 10 * (8 + 12 + 8), cost.learningMacs());
    assertEquals(3 * 26, cost.weightWrites());
    assertEquals(5 * 10 * 6, cost.neuronUpdates());
    int kept = 3 + 4 + 4 + 2;
    assertEquals(4 * 4 * 5 * kept, cost.storedActivationBytes(), "spikes in, u, o and u");
    long parameters = 3 * 26 * (4 + 1) + 3 * 8;
    long activity = 5 * 10 * ((3 + 4) + 2 * kept + (2 * 4 + 3 * 2));
    assertEquals(4 * (parameters + activity), cost.bytesMoved());
  }

  /**
   * 3x4x1-c2k3p1-pool-c3k1-2: 24 units on 3 x 4 places, the last row of which is not handed on, 1 x
   * 2 averages of 2 channels, then 3 units at each of 2 places. Of 9 taps of the kernel's rows 7
   * meet the input, of 12 of its columns 10.
   */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void convolutionsAndPools(NeuronModel neuron) {
    NetworkSpec network = NetworkText.parse("3x4x1-c2k3p1-pool-c3k1-2", neuron, CLASSIFICATION);
    LearningSpec learning =
        LearningSpec.published(CLASSIFICATION, new Frozen()).withOptimizer(new Optimizer.Sgd(0.1));
    BackpropagationCost cost = BackpropagationCost.of(network, learning, 1, 4, 10, 3);
    long first = 7 * 10 * 2;
    long behind = 2 * 2 * 3 + 6 * 2;
    assertEquals(10 * (first + behind), cost.forwardMacs());
    assertEquals(10 * behind, cost.backwardMacs());
    assertEquals(10 * (first + behind), cost.gradientMacs());
    int parameters = 9 * 2 + 2 + 2 * 3 + 3 + 6 * 2 + 2;
    assertEquals(3 * parameters, cost.weightWrites());
    assertEquals(10 * (24 + 6 + 2), cost.neuronUpdates());
    int inputs = 12 + 4 + 6;
    int kept = inputs + (neuron == NeuronModel.LIF ? 24 + 24 + 6 + 2 : 24 + 2);
    assertEquals(4 * 4 * kept, cost.storedActivationBytes());
    long weights = 3 * (parameters * (4 + 1) + 2 * 3 + 6 * 2);
    long errors = 2 * 24 + 2 * 4 + 3 * 6 + 3 * 2;
    assertEquals(4 * (weights + 10 * (inputs + 2 * kept + errors)), cost.bytesMoved());
  }

  /**
   * 3-4-5-2, the last two layers by back-propagation: errors go through the read-out alone. The
   * layer below judges itself by a head of 2 x (4 + 1), and stays as it is where it is frozen.
   */
  @Test
  void hybridOfLocalErrorsAndOfFrozenLayers() {
    NetworkSpec network = NetworkText.parse("3-4-5-2", NeuronModel.RATE, CLASSIFICATION);
    LearningSpec sgd =
        LearningSpec.published(CLASSIFICATION, new Frozen()).withOptimizer(new Optimizer.Sgd(0.1));
    Rule heads = new Hybrid(new LocalError(LocalError.Heads.LEARNED), 2);
    BackpropagationCost cost = BackpropagationCost.of(network, sgd.withRule(heads), 1, 4, 10, 3);
    assertEquals(10 * (12 + 20 + 10), cost.forwardMacs());
    assertEquals(10 * (10 + 3 * 2 * (4 + 1)), cost.backwardMacs(), "errors, and the head's own");
    assertEquals(10 * (12 + 20 + 10), cost.gradientMacs());
    int parameters = 12 + 4 + 20 + 5 + 10 + 2;
    assertEquals(3 * (parameters + 2 * 5), cost.weightWrites());
    long weights = 3 * ((parameters + 2 * 5) * (4 + 1) + 10);
    int inputs = 3 + 4 + 5;
    int kept = inputs + 2;
    assertEquals(4 * 4 * kept, cost.storedActivationBytes());
    long errors = 2 * 4 + 2 * 5 + 3 * 2;
    assertEquals(4 * (weights + 10 * (inputs + 2 * kept + errors)), cost.bytesMoved());

    Rule frozen = new Hybrid(new Frozen(), 2);
    cost = BackpropagationCost.of(network, sgd.withRule(frozen), 1, 4, 10, 3);
    assertEquals(10 * 10, cost.backwardMacs());
    assertEquals(10 * (20 + 10), cost.gradientMacs());
    int learning = parameters - 12 - 4;
    assertEquals(3 * learning, cost.weightWrites());
    weights = 3 * (learning * (4 + 1) + 12 + 4 + 10);
    errors = 2 * 5 + 3 * 2;
    assertEquals(4 * (weights + 10 * (inputs + 2 * kept + errors)), cost.bytesMoved());
  }

  /**
   * With no layer that back-propagates none carries an error, and the read-out learns all the same.
   */
  @Test
  void hybridWithoutBackPropagation() {
    NetworkSpec network = NetworkText.parse("3-4-2", NeuronModel.RATE, CLASSIFICATION);
    LearningSpec learning = LearningSpec.published(CLASSIFICATION, new Hybrid(new Frozen(), 0));
    BackpropagationCost cost = BackpropagationCost.of(network, learning, 1, 4, 10, 3);
    assertEquals(0, cost.backwardMacs());
    assertEquals(10 * 8, cost.gradientMacs());
  }

  /**
   * m n + n^2 + k n + n m times the epochs: the error is at or above each level in epoch 1 alone.
   */
  @Test
  void publishedCost() {
    List<Double> errors = List.of(0.06, 0.01);
    double epochs = (2 + 1 + 1 + 1 + 1) / 5.0;
    assertEquals(
        (12 + 16 + 8 + 12) * epochs,
        PublishedCost.of(network(NeuronModel.RATE), new BackPropagation(), errors).value(),
        1e-9);
    assertNull(
        PublishedCost.of(network(NeuronModel.LIF), new BackPropagationThroughTime(), errors)
            .value());
  }
}
