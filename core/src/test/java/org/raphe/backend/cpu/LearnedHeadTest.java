package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.rule.LocalError;
import org.raphe.rule.Signal;
import org.raphe.tensor.NamedTensors;

/** A head that learns beside its definition, docs/ALGORITHM.md, section 9, computed in double. */
class LearnedHeadTest {
  private static final int INPUTS = 7;
  private static final int UNITS = 5;
  private static final int CLASSES = 3;
  private static final int SAMPLES = 4;
  private static final long SEED = 11;
  private static final String HEAD = "layers.0.head";

  private final float[] head = new float[CLASSES * (UNITS + 1)];

  private static NetworkSpec network(NeuronModel neuron) {
    return NetworkText.parse(INPUTS + "-" + UNITS + "-" + CLASSES, neuron, Mode.CLASSIFICATION);
  }

  private static Placement placement(NeuronModel neuron) {
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new LocalError(LocalError.Heads.LEARNED))
            .withOptimizer(new Optimizer.GradientProbe());
    int steps = neuron == NeuronModel.LIF ? 6 : 1;
    return new Placement(network(neuron), learning, steps, SAMPLES, 1f, 0f, SEED);
  }

  /** Weights that make units emit something, and a head that has learned something. */
  private NetworkState begun(Placement placement) {
    Parameters drawn = Parameters.draw(placement.network(), SEED);
    float[] weights = drawn.layers().get(0).weights();
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.abs(weights[k]) * 1.5f - 0.1f;
    }
    for (int k = 0; k < head.length; k++) {
      head[k] = (k * 7 % 11 - 5) / 4f;
    }
    return placement.initialState().withParameters(placement.network(), drawn).with(HEAD, head);
  }

  /** What the head is wrong by, for one sample. */
  private double[] error(double[] own, int label) {
    double[] error = new double[CLASSES];
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      double z = head[k * (UNITS + 1) + UNITS];
      for (int unit = 0; unit < UNITS; unit++) {
        z += own[unit] * head[k * (UNITS + 1) + unit];
      }
      error[k] = Math.exp(z);
      sum += error[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      error[k] = error[k] / sum - (k == label ? 1 : 0);
    }
    return error;
  }

  private double[] own(NeuronModel neuron, PlacedNetwork placed, Samples samples, int sample) {
    double[] own = new double[UNITS];
    Parameters parameters = placed.readParameters();
    int[] counts = neuron == NeuronModel.LIF ? placed.readSpikeCounts(0) : null;
    for (int unit = 0; unit < UNITS; unit++) {
      double z = parameters.layers().get(0).biases()[unit];
      for (int input = 0; input < INPUTS; input++) {
        z +=
            samples.feature(sample, input)
                * parameters.layers().get(0).weights()[input * UNITS + unit];
      }
      own[unit] =
          counts == null
              ? Math.tanh(z)
              : (double) counts[sample * UNITS + unit] / placed.placement().steps();
    }
    return own;
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void gradientsAreThoseOfTheDefinition(NeuronModel neuron) {
    Placement placement = placement(neuron);
    Samples samples = GeneratedSamples.pixels(placement.network(), SAMPLES, 3);
    try (Backend backend = new CpuBackend(2);
        PlacedNetwork placed = backend.place(placement);
        PlacedSamples shown = placed.placeSamples(samples)) {
      placed.writeState(begun(placement));
      int stream = RandomStream.TRAINING_SPIKES.number(1);
      BatchSchedule.train(placed, shown, new int[] {0, 1, 2, 3}, 0, SAMPLES, stream, 1, 1);
      double[] ofHead = new double[head.length];
      double[] ofBiases = new double[UNITS];
      for (int sample = 0; sample < SAMPLES; sample++) {
        double[] own = own(neuron, placed, samples, sample);
        double[] error = error(own, samples.label(sample));
        for (int k = 0; k < CLASSES; k++) {
          for (int unit = 0; unit <= UNITS; unit++) {
            ofHead[k * (UNITS + 1) + unit] += error[k] * (unit == UNITS ? 1 : own[unit]);
          }
          for (int unit = 0; unit < UNITS; unit++) {
            ofBiases[unit] += error[k] * head[k * (UNITS + 1) + unit] * (1 - own[unit] * own[unit]);
          }
        }
      }
      NamedTensors state = placed.readState().tensors();
      assertClose(ofHead, state.values(NetworkState.FIRST_MOMENT + HEAD));
      if (neuron == NeuronModel.RATE) {
        assertClose(ofBiases, state.values(NetworkState.FIRST_MOMENT + "layers.0.bias"));
      }
      assertEquals(Signal.HeadError.head(placement.network(), 0), placement.stateSpecs().get(12));
    }
  }

  private static void assertClose(double[] expected, float[] found) {
    double largest = 0;
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], found[k], 1e-5, "number " + k);
      largest = Math.max(largest, Math.abs(expected[k]));
    }
    assertTrue(largest > 1e-2, "the gradient is not empty");
  }
}
