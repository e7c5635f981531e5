package org.raphe.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Layer;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.BackPropagation;
import org.raphe.rule.ElasticWeightConsolidation;
import org.raphe.rule.Frozen;

/**
 * The formulas against plain loops over every sample, step, synapse and parameter, which count as
 * they go.
 */
class ConsolidationCostTest {
  private static final int SAMPLES = 7;
  private static final int BATCH = 3;
  private static final int BATCHES = 3;
  private static final int EXPERIENCES = 2;
  private static final int PENALISED = 5;

  /** Counts of loops. */
  private static final class Counted {
    long forward;
    long backward;
    long gradient;
    long penalty;
    long anchor;
    long neurons;
    long floats;

    /** A pass forward and back over all samples, as training and Fisher information make it. */
    void passes(NetworkSpec network, int steps) {
      boolean spiking = network.neuron() == NeuronModel.LIF;
      for (int sample = 0; sample < SAMPLES; sample++) {
        for (int step = 0; step < steps; step++) {
          for (int layer = 0; layer < network.layers().size(); layer++) {
            Layer shape = network.layers().get(layer);
            for (int input = 0; input < shape.inputs(); input++) {
              floats += 3; // read forward; kept: written, and read for the gradient
              for (int unit = 0; unit < shape.units(); unit++) {
                forward++;
                backward += layer > 0 ? 1 : 0;
              }
            }
            for (int unit = 0; unit < shape.units(); unit++) {
              neurons++;
              floats += spiking || network.isReadout(layer) ? 2 : 0; // kept: written and read
              floats += layer > 0 ? 3 : 2; // its error: written, read for gradient and before
            }
          }
        }
      }
    }

    /** Weights that a batch reads forward and, behind the first layer, backward. */
    void batches(NetworkSpec network) {
      for (int batch = 0; batch < BATCHES; batch++) {
        for (int layer = 0; layer < network.layers().size(); layer++) {
          for (int k = 0; k < network.layers().get(layer).parameters(); k++) {
            floats++;
          }
          for (int k = 0; layer > 0 && k < network.layers().get(layer).weights(); k++) {
            floats++;
          }
        }
      }
    }

    /** Squares of single samples' gradients: rate units' as one product of squares a batch. */
    void squares(NetworkSpec network, int steps) {
      boolean spiking = network.neuron() == NeuronModel.LIF;
      for (int sample = 0; sample < SAMPLES; sample++) {
        for (Layer shape : network.layers()) {
          for (int synapse = 0; synapse < shape.weights(); synapse++) {
            for (int step = 0; step < steps; step++) {
              gradient++;
            }
            gradient += spiking ? 1 : 0; // its square, added
          }
          for (int k = 0; spiking && k < shape.parameters(); k++) {
            floats += 4; // gradient written and read, sum read and written
          }
        }
      }
      for (int batch = 0; !spiking && batch < BATCHES; batch++) {
        for (int k = 0; k < network.parameters(); k++) {
          floats += 2; // sum read and written
        }
      }
    }

    void parameters(NetworkSpec network) {
      for (int k = 0; k < network.parameters(); k++) {
        for (int step = 0; step < PENALISED; step++) {
          penalty += 2;
          floats += 5; // w, a, F and gradient read, gradient written
        }
        for (int experience = 0; experience < EXPERIENCES; experience++) {
          anchor += 3;
          floats += 6; // sum and w read, F and a read and written
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"rate,1", "lif,1", "lif,4"})
  void formulasAgreeWithLoopsThatCount(String neuron, int steps) {
    NeuronModel model = NeuronModel.valueOf(neuron.toUpperCase());
    NetworkSpec network = NetworkText.parse("3-5-4-2", model, Mode.CLASSIFICATION);
    Counted counted = new Counted();
    counted.passes(network, steps);
    counted.batches(network);
    counted.squares(network, steps);
    counted.parameters(network);
    ConsolidationCost cost =
        ConsolidationCost.of(network, steps, SAMPLES, BATCHES, EXPERIENCES, PENALISED);
    assertEquals(SAMPLES, cost.samples());
    assertEquals(counted.forward, cost.forwardMacs());
    assertEquals(counted.backward, cost.backwardMacs());
    assertEquals(counted.gradient, cost.gradientMacs());
    assertEquals(counted.penalty, cost.penaltyMacs());
    assertEquals(counted.anchor, cost.anchorMacs());
    assertEquals(
        counted.backward + counted.gradient + counted.penalty + counted.anchor,
        cost.learningMacs());
    assertEquals(counted.neurons, cost.neuronUpdates());
    assertEquals(4 * counted.floats, cost.bytesMoved());
    assertEquals(4 * 2 * (3 * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2), cost.stateBytes());
  }

  /** The same loops hold for the passes of plain back-propagation. */
  @ParameterizedTest
  @CsvSource({"rate,1", "lif,4"})
  void plainPassesAgreeWithTheSameLoops(String neuron, int steps) {
    NeuronModel model = NeuronModel.valueOf(neuron.toUpperCase());
    NetworkSpec network = NetworkText.parse("3-5-4-2", model, Mode.CLASSIFICATION);
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new Frozen())
            .withOptimizer(new Optimizer.Sgd(0.1));
    Counted counted = new Counted();
    counted.passes(network, steps);
    counted.batches(network);
    for (int step = 0; step < BATCHES; step++) {
      for (int k = 0; k < network.parameters(); k++) {
        counted.floats += 4; // gradient written and read, parameter read and written
      }
    }
    BackpropagationCost cost =
        BackpropagationCost.of(network, learning, steps, BATCH, SAMPLES, BATCHES);
    assertEquals(counted.forward, cost.forwardMacs());
    assertEquals(counted.backward, cost.backwardMacs());
    assertEquals(counted.neurons, cost.neuronUpdates());
    assertEquals(4 * counted.floats, cost.bytesMoved());
  }

  /** m = 3, n = 4, k = K = 2: 2 (12 + 8), and 2 (12 + 8) more. */
  @Test
  void publishedOperationsOfAStream() {
    NetworkSpec network = NetworkText.parse("3-4-2", NeuronModel.LIF, Mode.CLASSIFICATION);
    assertEquals(40, PublishedCost.ofStreamEpoch(network, new BackPropagation()).value());
    assertEquals(
        80, PublishedCost.ofStreamEpoch(network, new ElasticWeightConsolidation()).value());
    NetworkSpec deep = NetworkText.parse("3-4-4-2", NeuronModel.LIF, Mode.CLASSIFICATION);
    assertNull(PublishedCost.ofStreamEpoch(deep, new ElasticWeightConsolidation()).value());
    assertTrue(
        PublishedCost.ofStreamEpoch(deep, new ElasticWeightConsolidation())
            .reason()
            .contains("one hidden layer"));
  }
}
