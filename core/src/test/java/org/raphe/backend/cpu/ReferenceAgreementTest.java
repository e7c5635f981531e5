package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Frozen;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;

/**
 * The backend against formulas in double precision: spikes and counters exactly, gradients closely.
 * Windows of 1, 2, 3, ... steps share their draws, so equal counts at each are equal trains.
 */
class ReferenceAgreementTest {
  private static final int BATCH = 6;
  private static final int[] STEPS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 33};
  private static final int STREAM = RandomStream.TRAINING_SPIKES.number(1);

  static Stream<NetworkCase> cases() {
    List<NetworkCase> cases = new ArrayList<>();
    for (String topology : List.of("11-9-4", "9-13-8-3")) {
      // Rules that answer to outputs have a reference of their own, in AnsweringRulesTest.
      for (Rule rule : List.of(new Naca(), new DirectRandomTargetProjection(), new Frozen())) {
        for (ReadoutLoss loss :
            List.of(ReadoutLoss.PUBLISHED, ReadoutLoss.crossEntropy(4f), ReadoutLoss.CONTINUAL)) {
          cases.add(given(topology, NeuronModel.RATE, rule, loss, 1));
          cases.add(given(topology, NeuronModel.RATE, rule, loss, 1).surprised());
          if (loss != ReadoutLoss.CONTINUAL) {
            cases.add(given(topology, NeuronModel.RATE, rule, loss, 1).rectified());
          }
          for (int steps : STEPS) {
            cases.add(given(topology, NeuronModel.LIF, rule, loss, steps));
          }
          ReadoutLoss direct = loss.withCredit(ReadoutLoss.Credit.DIRECT);
          cases.add(given(topology, NeuronModel.LIF, rule, loss, 7).surprised());
          if (loss != ReadoutLoss.CONTINUAL) {
            cases.add(given(topology, NeuronModel.LIF, rule, direct, 20).surprised());
            cases.add(given(topology, NeuronModel.LIF, rule, direct, 33));
          }
        }
      }
    }
    return cases.stream();
  }

  private static NetworkCase given(
      String topology, NeuronModel neuron, Rule rule, ReadoutLoss loss, int steps) {
    Mode mode = loss == ReadoutLoss.CONTINUAL ? Mode.CLASS_CONTINUAL : Mode.CLASSIFICATION;
    Optimizer probe = new Optimizer.GradientProbe();
    return new NetworkCase(topology, neuron, mode, rule, loss, probe, steps, BATCH, 2);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void spikesGradientsAndCountersFollowTheFormulas(NetworkCase given) {
    for (String kernels : List.of("plain", "vector")) {
      compare(given, kernels, given.parameters(3f));
    }
  }

  private static ReferenceNetwork compare(
      NetworkCase given, String kernels, Parameters parameters) {
    Samples samples = given.samples(8);
    int[] order = NetworkCase.order(8);
    try (CpuBackend backend = new CpuBackend(given.threads(), KernelChoice.named(kernels));
        PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(samples)) {
      placed.writeParameters(parameters);
      BatchSchedule.train(placed, shown, order, 0, BATCH, STREAM, 1, 1f);
      ReferenceNetwork reference = reference(given, placed, parameters, samples, order);
      compareForward(reference, placed);
      compareGradients(reference, placed.readFirstMoments());
      return reference;
    }
  }

  private static ReferenceNetwork reference(
      NetworkCase given,
      PlacedNetwork placed,
      Parameters parameters,
      Samples samples,
      int[] order) {
    float[][] gates = new float[given.network().layers().size()][];
    for (int layer = 0; layer < gates.length; layer++) {
      gates[layer] = placed.readGate(layer);
      checkGate(gates[layer], samples, order, layer < gates.length - 1, given.mode());
    }
    if (given.neuron() == NeuronModel.RATE) {
      ReferenceRateNetwork rate =
          new ReferenceRateNetwork(given.placement(), parameters, gates, BATCH);
      rate.show(samples, order);
      return rate;
    }
    ReferenceSpikingNetwork spiking =
        new ReferenceSpikingNetwork(given.placement(), parameters, gates, BATCH);
    spiking.show(samples, order, STREAM);
    for (int layer = 0; layer < gates.length; layer++) {
      assertArrayEquals(
          spiking.spikeCounts[layer], placed.readSpikeCounts(layer), "spikes of layer " + layer);
    }
    return spiking;
  }

  /** docs/ALGORITHM.md, section 6, the largest taken after resizing. */
  private static void checkGate(
      float[] gate, Samples samples, int[] order, boolean hidden, Mode mode) {
    if (mode == Mode.CLASSIFICATION || !hidden) {
      assertNull(gate);
      return;
    }
    double[] resized = new double[gate.length];
    double largest = -Double.MAX_VALUE;
    for (int unit = 0; unit < gate.length; unit++) {
      for (int sample = 0; sample < BATCH; sample++) {
        int input = unit * samples.shape().size() / gate.length;
        resized[unit] += samples.feature(order[sample], input) / (double) BATCH;
      }
      largest = Math.max(largest, resized[unit]);
    }
    for (int unit = 0; unit < gate.length; unit++) {
      double opening = 1 / (1 + Math.exp(-1000 * (resized[unit] - (largest - 0.2))));
      assertEquals(opening, gate[unit], 1e-4, "gate of unit " + unit);
    }
  }

  private static void compareForward(ReferenceNetwork reference, PlacedNetwork placed) {
    float[] outputs = placed.readOutputs();
    assertEquals(reference.outputs.length, outputs.length);
    for (int k = 0; k < outputs.length; k++) {
      assertClose(reference.outputs[k], outputs[k], "output " + k);
    }
    Counters counters = placed.takeCounters();
    assertEquals(BATCH, counters.samples());
    assertEquals(reference.hits, counters.hits());
    assertEquals(reference.squaredError, counters.squaredError(), 1e-4);
    assertArrayEquals(reference.activeInputs, counters.activeInputs(), "active inputs");
    assertArrayEquals(reference.synapseUpdates, counters.synapseUpdates(), "synapse updates");
    assertEquals(0, placed.takeCounters().samples(), "taking empties the counters");
  }

  private static void compareGradients(ReferenceNetwork reference, Parameters gradients) {
    for (int layer = 0; layer < reference.weightGradients.length; layer++) {
      LayerParameters computed = gradients.layers().get(layer);
      double[] expected = reference.weightGradients[layer];
      for (int k = 0; k < expected.length; k++) {
        assertClose(expected[k], computed.weights()[k], "layer " + layer + " weight " + k);
      }
      int biases = computed.biases() == null ? 0 : computed.biases().length;
      for (int k = 0; k < biases; k++) {
        double bias = reference.biasGradients[layer][k];
        assertClose(bias, computed.biases()[k], "layer " + layer + " bias " + k);
      }
    }
  }

  private static void assertClose(double expected, float computed, String what) {
    assertEquals(expected, computed, 1e-6 + 1e-5 * Math.abs(expected), what);
  }

  /** Otherwise the cases above would compare nothing. */
  @Test
  void theCasesHaveSpikesAndGradients() {
    NetworkCase given = given("9-13-8-3", NeuronModel.LIF, new Naca(), ReadoutLoss.PUBLISHED, 20);
    ReferenceSpikingNetwork reference =
        (ReferenceSpikingNetwork) compare(given, "plain", given.parameters(3f));
    for (int layer = 0; layer < 3; layer++) {
      long spikes = 0;
      for (int count : reference.spikeCounts[layer]) {
        spikes += count;
      }
      int most = reference.spikeCounts[layer].length * 20;
      assertTrue(spikes > most / 20 && spikes < most * 19 / 20, spikes + " of " + most);
      double[] gradients = reference.weightGradients[layer];
      int present = ReferenceNetwork.notZero(gradients);
      assertTrue(present > gradients.length / 4, present + " gradients in layer " + layer);
    }
  }

  /** Units that idle below the threshold have chains that only the floor ends. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void creditsBelowTheFloorAreZero(String kernels) {
    NetworkCase given = given("9-13-8-3", NeuronModel.LIF, new Naca(), ReadoutLoss.PUBLISHED, 20);
    Parameters idle = given.parameters(0.2f);
    for (LayerParameters layer : idle.layers()) {
      Arrays.fill(layer.biases(), 0.35f);
    }
    ReferenceSpikingNetwork reference = (ReferenceSpikingNetwork) compare(given, kernels, idle);
    assertTrue(reference.floored > 50, "only " + reference.floored + " credits below the floor");
  }

  @Test
  void frozenHiddenLayersHaveNoUpdates() {
    for (NeuronModel neuron : NeuronModel.values()) {
      NetworkCase given = given("11-9-4", neuron, new Frozen(), ReadoutLoss.PUBLISHED, 1);
      ReferenceNetwork reference = compare(given, "vector", given.parameters(3f));
      assertEquals(0, reference.synapseUpdates[0]);
      assertTrue(reference.synapseUpdates[1] > 0);
      assertTrue(reference.activeInputs[0] > 0);
    }
  }
}
