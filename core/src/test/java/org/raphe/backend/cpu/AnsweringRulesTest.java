package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
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
import org.raphe.random.Philox;
import org.raphe.random.RandomStream;
import org.raphe.rule.LocalError;
import org.raphe.rule.RewardPropagation;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.rule.Signal;
import org.raphe.rule.Trace;

/**
 * Gradients of the rules that answer to outputs, beside the forward form of docs/ALGORITHM.md,
 * section 4, and the definitions of section 9, computed in double with an eligibility trace a
 * synapse.
 */
class AnsweringRulesTest {
  private static final int INPUTS = 7;
  private static final int UNITS = 5;
  private static final int CLASSES = 3;
  private static final int STEPS = 6;
  private static final int SAMPLES = 4;
  private static final long SEED = 11;
  private static final double DECAY = 0.2f;

  /** What one trained batch left behind. */
  private record Outcome(float[] gradient, float[] outputs, int[] counts, Samples samples) {}

  private static NetworkSpec network(NeuronModel neuron) {
    return NetworkText.parse(INPUTS + "-" + UNITS + "-" + CLASSES, neuron, Mode.CLASSIFICATION);
  }

  private static Parameters parameters(NeuronModel neuron) {
    Parameters drawn = Parameters.draw(network(neuron), SEED);
    float[] weights = drawn.layers().get(0).weights();
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.abs(weights[k]) * 1.5f - 0.1f;
    }
    return drawn;
  }

  private static Outcome train(NeuronModel neuron, Rule rule) {
    NetworkSpec spec = network(neuron);
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, rule)
            .withOptimizer(new Optimizer.GradientProbe());
    int steps = neuron == NeuronModel.LIF ? STEPS : 1;
    Samples samples = GeneratedSamples.pixels(spec, SAMPLES, 3);
    try (Backend backend = new CpuBackend(1);
        PlacedNetwork placed =
            backend.place(new Placement(spec, learning, steps, SAMPLES, 1f, 0f, SEED));
        PlacedSamples shown = placed.placeSamples(samples)) {
      placed.writeParameters(parameters(neuron));
      int stream = RandomStream.TRAINING_SPIKES.number(1);
      BatchSchedule.train(placed, shown, new int[] {0, 1, 2, 3}, 0, SAMPLES, stream, 1, 1);
      return new Outcome(
          placed.readFirstMoments().layers().get(0).weights(),
          placed.readOutputs(),
          neuron == NeuronModel.LIF ? placed.readSpikeCounts(0) : null,
          samples);
    }
  }

  @ParameterizedTest
  @MethodSource("answeringRules")
  void spikingGradientsAreThoseOfAForwardTrace(Rule rule) {
    Outcome outcome = train(NeuronModel.LIF, rule);
    double[] expected = new double[INPUTS * UNITS];
    for (int sample = 0; sample < SAMPLES; sample++) {
      double[] own = new double[UNITS];
      for (int unit = 0; unit < UNITS; unit++) {
        own[unit] = (double) outcome.counts()[sample * UNITS + unit] / STEPS;
      }
      addSample(outcome, rule, sample, signal(outcome, rule, sample, own), expected);
    }
    assertClose(expected, outcome.gradient());
  }

  @ParameterizedTest
  @MethodSource("answeringRules")
  void rateGradientsAreThoseOfTheDefinition(Rule rule) {
    Outcome outcome = train(NeuronModel.RATE, rule);
    Parameters parameters = parameters(NeuronModel.RATE);
    double[] expected = new double[INPUTS * UNITS];
    for (int sample = 0; sample < SAMPLES; sample++) {
      double[] own = new double[UNITS];
      for (int unit = 0; unit < UNITS; unit++) {
        double z = parameters.layers().get(0).biases()[unit];
        for (int input = 0; input < INPUTS; input++) {
          z +=
              outcome.samples().feature(sample, input)
                  * parameters.layers().get(0).weights()[input * UNITS + unit];
        }
        own[unit] = Math.tanh(z);
      }
      double[] signal = signal(outcome, rule, sample, own);
      for (int k = 0; k < expected.length; k++) {
        double h = own[k % UNITS];
        expected[k] +=
            outcome.samples().feature(sample, k / UNITS) * signal[k % UNITS] * (1 - h * h);
      }
    }
    assertClose(expected, outcome.gradient());
  }

  static List<Rule> answeringRules() {
    return Rules.all().stream().filter(rule -> rule.signal() instanceof Signal.OfOutputs).toList();
  }

  private static float[] feedback(NetworkSpec network, Rule rule) {
    return ((Signal.OfOutputs) rule.signal()).feedback(network, 0, SEED);
  }

  /** Signals by the definitions of docs/ALGORITHM.md, section 9. */
  private static double[] signal(Outcome outcome, Rule rule, int sample, double[] own) {
    float[] feedback = feedback(network(NeuronModel.LIF), rule);
    int label = outcome.samples().label(sample);
    double[] signal = new double[UNITS];
    double[] error = new double[CLASSES];
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      error[k] = outcome.outputs()[sample * CLASSES + k];
      if (rule instanceof LocalError) {
        double v = 0;
        for (int unit = 0; unit < UNITS; unit++) {
          v += own[unit] * feedback[k * UNITS + unit];
        }
        error[k] = Math.exp(4 * v);
        sum += error[k];
      }
    }
    for (int k = 0; k < CLASSES; k++) {
      double share = rule instanceof LocalError ? error[k] / sum : error[k];
      for (int unit = 0; unit < UNITS; unit++) {
        signal[unit] += (share - (k == label ? 1 : 0)) * feedback[k * UNITS + unit];
      }
    }
    for (int unit = 0; unit < UNITS && rule instanceof RewardPropagation; unit++) {
      signal[unit] = feedback[label * UNITS + unit] - 5e-4 * own[unit];
    }
    return signal;
  }

  /** Adds one sample's forward-only gradient: a trace for each synapse, no way back in time. */
  private static void addSample(
      Outcome outcome, Rule rule, int sample, double[] signal, double[] gradient) {
    Parameters parameters = parameters(NeuronModel.LIF);
    float[] weights = parameters.layers().get(0).weights();
    SpikeTrains trains = spikes(outcome.samples(), sample);
    for (int unit = 0; unit < UNITS; unit++) {
      float u = 0;
      float o = 0;
      double[] trace = new double[INPUTS];
      double pseudo = 0;
      double before = 0;
      for (int t = 0; t < STEPS; t++) {
        float z = parameters.layers().get(0).biases()[unit];
        for (int input = 0; input < INPUTS; input++) {
          int x = trains.trains[input] >>> t & 1;
          z += x * weights[input * UNITS + unit];
          double fade = rule.trace() == Trace.MEMBRANE ? DECAY : -DECAY * before * pseudo;
          trace[input] = x + fade * trace[input];
        }
        u = 0.2f * u * (1 - o) + z;
        pseudo = (u > 0 ? 1 : 0) - (rule.trace() == Trace.MEMBRANE ? 0 : o);
        o = u > 0.5f ? 1 : 0;
        before = u;
        for (int input = 0;
            input < INPUTS && (rule.trace() == Trace.MEMBRANE || t == STEPS - 1);
            input++) {
          gradient[input * UNITS + unit] += signal[unit] * pseudo * trace[input];
        }
      }
    }
  }

  private static SpikeTrains spikes(Samples samples, int sample) {
    SpikeTrains trains = new SpikeTrains(1, INPUTS, INPUTS, STEPS);
    int[] thresholds = new int[INPUTS];
    for (int input = 0; input < INPUTS; input++) {
      thresholds[input] = Philox.threshold(samples.feature(sample, input));
    }
    new PlainKernels()
        .drawSpikes(
            SEED, RandomStream.TRAINING_SPIKES.number(1), sample, thresholds, INPUTS, trains, 0);
    return trains;
  }

  private static void assertClose(double[] expected, float[] gradient) {
    double largest = 0;
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], gradient[k], 1e-5, "synapse " + k);
      largest = Math.max(largest, Math.abs(expected[k]));
    }
    assertTrue(largest > 1e-3, "the gradient is not empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1000})
  void theProjectionHasItsDeviation(int units) {
    NetworkSpec spec =
        NetworkText.parse("4-" + units + "-10", NeuronModel.RATE, Mode.CLASSIFICATION);
    double squares = 0;
    float[] projection = feedback(spec, new LocalError());
    for (float value : projection) {
      squares += value * value;
    }
    assertEquals(1, Math.sqrt(squares / projection.length * units), 0.15);
  }
}
