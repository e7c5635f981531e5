package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.cost.Cost;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.SignalGain;
import org.raphe.network.Activation;
import org.raphe.network.Convolution;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.Philox;
import org.raphe.random.RandomStream;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.rule.Signal;
import org.raphe.tensor.TensorSpec;

/** Convolutions beside the formulas of docs/ALGORITHM.md, under every rule of the backends. */
class ConvolutionAgreementTest {
  private static final int SAMPLES = 19;
  private static final int STEPS = 7;
  private static final long SEED = 11;

  private static final List<String> NETWORKS =
      List.of("6x7x2-c3k3p1-pool-c4k2-pool-6-3", "7x6x1-c5k3s2p1-c3k2-3", "5x5x1-c17k5p2-pool-3");

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (String network : NETWORKS) {
      for (Rule rule : Rules.all()) {
        boolean local = !rule.needsEngine() && rule.signal().isCredited();
        for (Activation activation : new Activation[] {null, Activation.TANH, Activation.RELU}) {
          if (local) {
            cases.add(Arguments.of(network, rule, activation));
          }
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsOutputsAndCountsAreThoseOfTheFormulas(
      String text, Rule rule, Activation activation) {
    NetworkSpec spec = spec(text, activation);
    compareOneBatch(spec, rule, parameters(spec));
  }

  /** Sites at which the first units are silent and later ones are not; ReLU's credits say which. */
  @Test
  void unitsLearnWhereTheFirst64HaveNoCredit() {
    NetworkSpec spec = spec("5x6x2-c70k3-3", Activation.RELU);
    Parameters parameters = parameters(spec);
    float[] biases = parameters.layers().get(0).biases();
    Arrays.fill(biases, 0, 64, -100f);
    Arrays.fill(biases, 64, 70, 1f);
    compareOneBatch(spec, new Naca(), parameters);
  }

  private static NetworkSpec spec(String text, Activation activation) {
    return activation == null
        ? NetworkText.parse(text, NeuronModel.LIF, Mode.CLASSIFICATION)
        : NetworkText.parse(text, NeuronModel.RATE, Mode.CLASSIFICATION).withActivation(activation);
  }

  private static void compareOneBatch(NetworkSpec spec, Rule rule, Parameters parameters) {
    Optimizer probe = new Optimizer.GradientProbe();
    LearningSpec published = LearningSpec.published(Mode.CLASSIFICATION, rule);
    LearningSpec learning =
        new LearningSpec(rule, probe, probe, published.loss(), SignalGain.CONSTANT);
    int steps = spec.neuron() == NeuronModel.LIF ? STEPS : 1;
    Placement placement = new Placement(spec, learning, steps, SAMPLES, 1f, 0f, SEED);
    Samples samples = GeneratedSamples.pixels(spec, SAMPLES, 3);
    try (Backend backend = new CpuBackend(2);
        PlacedNetwork placed = backend.place(placement);
        PlacedSamples shown = placed.placeSamples(samples)) {
      placed.writeParameters(parameters);
      int[] order = new int[SAMPLES];
      Arrays.setAll(order, k -> k);
      int stream = RandomStream.TRAINING_SPIKES.number(1);
      BatchSchedule.train(placed, shown, order, 0, SAMPLES, stream, 1, 1);
      compare(placed, samples, parameters);
    }
  }

  /** Positive on the whole, so that units spike. */
  private static Parameters parameters(NetworkSpec spec) {
    Parameters drawn = Parameters.draw(spec, SEED);
    for (int layer = 0; layer < drawn.layers().size(); layer++) {
      float[] weights = drawn.layers().get(layer).weights();
      for (int k = 0; k < weights.length; k++) {
        weights[k] = weights[k] > 0 ? weights[k] * 1.5f : weights[k] * 0.5f;
      }
    }
    return drawn;
  }

  private static void compare(PlacedNetwork placed, Samples samples, Parameters parameters) {
    NetworkSpec spec = placed.placement().network();
    List<Convolution> forms =
        spec.layers().stream().flatMap(layer -> layer.convolution().stream()).toList();
    double[][] weights = new double[forms.size()][];
    double[][] biases = new double[forms.size()][];
    long[][] counted = new long[forms.size()][2];
    for (int layer = 0; layer < forms.size(); layer++) {
      weights[layer] = new double[forms.get(layer).weights()];
      biases[layer] = new double[forms.get(layer).biases()];
    }
    int[][] counts = new int[forms.size()][];
    for (int layer = 0; layer < forms.size() && spec.neuron() == NeuronModel.LIF; layer++) {
      counts[layer] = placed.readSpikeCounts(layer);
    }
    float[] outputs = placed.readOutputs();
    for (int sample = 0; sample < SAMPLES; sample++) {
      double[][] x = inputs(placed.placement(), samples, sample);
      for (int layer = 0; layer < forms.size(); layer++) {
        ReferenceConvolution reference =
            new ReferenceConvolution(forms.get(layer), parameters.layers().get(layer));
        reference.forward(x, spec.activation());
        compareCounts(reference, counts[layer], sample, x.length);
        long[] one =
            learn(
                placed.placement(),
                reference,
                layer,
                samples.label(sample),
                outputs,
                sample,
                weights[layer],
                biases[layer]);
        counted[layer][0] += one[0];
        counted[layer][1] += one[1];
        x = reference.handed;
      }
    }
    long[] reached = new long[forms.size()];
    Arrays.setAll(reached, layer -> counted[layer][0]);
    Parameters gradients = placed.readFirstMoments();
    Counters counters = placed.takeCounters();
    compareCost(placed.placement(), counters, reached);
    for (int layer = 0; layer < forms.size(); layer++) {
      assertClose(weights[layer], gradients.layers().get(layer).weights());
      assertClose(biases[layer], gradients.layers().get(layer).biases());
      int channels = forms.get(layer).channels();
      assertEquals(counted[layer][0], counters.activeInputs()[layer] * channels);
      assertEquals(counted[layer][1], counters.synapseUpdates()[layer]);
    }
  }

  /** Forward operations counted synapse by synapse; those of dense layers from their inputs. */
  private static void compareCost(Placement placement, Counters counters, long[] reached) {
    NetworkSpec spec = placement.network();
    long[] byInput = new long[2];
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      long operations =
          layer < reached.length
              ? reached[layer]
              : counters.activeInputs()[layer] * spec.layers().get(layer).units();
      boolean spikes = spec.neuron() == NeuronModel.LIF;
      boolean averages = layer > 0 && spec.layers().get(layer - 1).pooled();
      byInput[spikes && !averages ? 0 : 1] += operations;
    }
    Cost shown = Cost.ofInference(spec, placement.steps(), counters, 1);
    assertEquals(byInput[0], shown.forwardSynapticOperations());
    assertEquals(byInput[1], shown.macs());
    Cost learned = Cost.ofTraining(spec, placement.learning(), placement.steps(), counters, 1);
    assertEquals(spec.parameters(), learned.weightWrites() - headSize(placement));
    assertEquals(
        Arrays.stream(counters.synapseUpdates()).sum(), learned.learningSynapticOperations());
  }

  private static long headSize(Placement placement) {
    return placement.learning().rule().state(placement.network()).stream()
        .mapToLong(TensorSpec::size)
        .sum();
  }

  private static void compareCounts(
      ReferenceConvolution reference, int[] counts, int sample, int steps) {
    for (int unit = 0; counts != null && unit < reference.rates.length; unit++) {
      assertEquals(
          Math.round(reference.rates[unit] * steps),
          counts[sample * reference.rates.length + unit],
          "spikes of unit " + unit);
    }
  }

  private static long[] learn(
      Placement placement,
      ReferenceConvolution reference,
      int layer,
      int label,
      float[] outputs,
      int sample,
      double[] weights,
      double[] biases) {
    Rule rule = placement.learning().rule();
    int units = reference.rates.length;
    double[] ones = new double[units];
    Arrays.fill(ones, 1);
    double[] signal = new double[units];
    if (rule.signal() instanceof Signal.OfClass known) {
      float[] table = known.table(placement.network(), layer, SEED);
      Arrays.setAll(signal, unit -> table[label * units + unit]);
      return reference.addGradients(
          reference.credits(signal, rule.trace(), placement.network().activation()),
          ones,
          1,
          weights,
          biases);
    }
    float[] y =
        Arrays.copyOfRange(
            outputs,
            sample * placement.network().classes(),
            (sample + 1) * placement.network().classes());
    double[] answered =
        answered(placement, (Signal.OfOutputs) rule.signal(), layer, label, y, reference);
    return reference.addGradients(
        reference.credits(ones, rule.trace(), placement.network().activation()),
        answered,
        1,
        weights,
        biases);
  }

  /** G of each unit by the definitions of section 9. */
  private static double[] answered(
      Placement placement,
      Signal.OfOutputs kind,
      int layer,
      int label,
      float[] y,
      ReferenceConvolution reference) {
    float[] feedback = kind.feedback(placement.network(), layer, SEED);
    int width = feedback.length / y.length;
    double[] error = new double[y.length];
    Arrays.setAll(error, k -> y[k]);
    if (kind instanceof Signal.HeadError head) {
      double sum = 0;
      for (int k = 0; k < error.length; k++) {
        double v = 0;
        for (int j = 0; j < width; j++) {
          v += reference.handedRates[j] * feedback[k * width + j];
        }
        error[k] = Math.exp(head.sharpness() * v);
        sum += error[k];
      }
      for (int k = 0; k < error.length; k++) {
        error[k] /= sum;
      }
    }
    error[label] -= 1;
    double[] signal = new double[reference.rates.length];
    for (int unit = 0; unit < signal.length; unit++) {
      boolean head = kind instanceof Signal.HeadError;
      int j = head ? reference.output(unit) : unit;
      double share = head ? (double) reference.handedRates.length < signal.length ? 0.25 : 1 : 1;
      for (int k = 0; k < error.length && j >= 0; k++) {
        signal[unit] += share * error[k] * feedback[k * width + j];
      }
      if (kind instanceof Signal.FadingReward) {
        signal[unit] = feedback[label * width + unit] - 5e-4 * reference.rates[unit];
      }
    }
    return signal;
  }

  /** [step][input]: what the first layer is given. */
  private static double[][] inputs(Placement placement, Samples samples, int sample) {
    int inputs = placement.network().input().size();
    double[][] x = new double[placement.steps()][inputs];
    SpikeTrains trains = new SpikeTrains(1, inputs, inputs, placement.steps());
    int[] thresholds = new int[inputs];
    for (int input = 0; input < inputs; input++) {
      thresholds[input] = Philox.threshold(samples.feature(sample, input));
    }
    int stream = RandomStream.TRAINING_SPIKES.number(1);
    new PlainKernels().drawSpikes(SEED, stream, sample, thresholds, inputs, trains, 0);
    for (int t = 0; t < placement.steps(); t++) {
      for (int input = 0; input < inputs; input++) {
        x[t][input] =
            placement.network().neuron() == NeuronModel.LIF
                ? trains.trains[input] >>> t & 1
                : samples.feature(sample, input);
      }
    }
    return x;
  }

  private static void assertClose(double[] expected, float[] gradient) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 1e-3, "the gradient is not empty");
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], gradient[k], 1e-5 * Math.max(1, largest), "synapse " + k);
    }
  }
}
