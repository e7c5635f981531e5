package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.rule.AssociativeReadout.WINNER;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.device.CompetitiveCases;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.kernels.opencl.OpenClSources;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;

/**
 * Each kernel is made to write a number that no arithmetic comes to, and that number comes back:
 * what is read was computed by this kernel on the device.
 */
@NeedsOpenCl
class SentinelTest {
  private static final float SENTINEL = 12345.5f;

  private static DeviceCase given(NeuronModel neuron, Mode mode, Optimizer optimizer) {
    LearningSpec learning = LearningSpec.published(mode, new Naca()).withOptimizer(optimizer);
    int steps = neuron == NeuronModel.LIF ? 5 : 1;
    return new DeviceCase("37-17-5", neuron, mode, learning, steps, 8, false);
  }

  /** Replaces a text of one kernel's source, which must be there. */
  private static UnaryOperator<String> planted(String kernel, String text, String replacement) {
    String original = OpenClSources.read(kernel);
    assertTrue(original.contains(text), kernel + " has no \"" + text + "\"");
    return source -> source.equals(original) ? source.replace(text, replacement) : source;
  }

  /** Trains one batch on a device whose kernel was planted, and returns what is asked for. */
  private static <T> T trained(
      DeviceCase given, UnaryOperator<String> sources, Function<PlacedNetwork, T> seen) {
    int number = NeedsOpenCl.Device.number();
    try (OpenClBackend backend = new OpenClBackend(number, null, FaultPlan.none(), sources)) {
      return trained(given, backend, placed -> {}, seen);
    }
  }

  private static <T> T trained(
      DeviceCase given,
      Backend backend,
      Consumer<PlacedNetwork> prepare,
      Function<PlacedNetwork, T> seen) {
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(8))) {
      given.writeInitial(placed);
      prepare.accept(placed);
      BatchSchedule.train(placed, shown, DeviceCase.order(8, 1), 0, 8, 1, 1, 1.0);
      return seen.apply(placed);
    }
  }

  /** Every weight that learned has become the sentinel; the others are what was written. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void learningKernelsWriteWeights(NeuronModel neuron) {
    DeviceCase given = given(neuron, Mode.CLASSIFICATION, Optimizer.Adam.of(0.01));
    String kernel = neuron == NeuronModel.LIF ? "learn_spiking" : "learn_rate";
    UnaryOperator<String> sources =
        planted(kernel, "GLOBAL_REAL(weights) = p.weight;", "GLOBAL_REAL(weights) = 12345.5f;");
    Parameters learned = trained(given, sources, PlacedNetwork::readParameters);
    List<LayerParameters> written = given.parameters().layers();
    for (int layer = 0; layer < written.size(); layer++) {
      float[] before = written.get(layer).weights();
      float[] after = learned.layers().get(layer).weights();
      int planted = 0;
      for (int k = 0; k < after.length; k++) {
        assertTrue(after[k] == SENTINEL || after[k] == before[k], "weight " + after[k]);
        planted += after[k] == SENTINEL ? 1 : 0;
      }
      assertTrue(planted > 0, "layer " + (layer + 1) + " has no sentinel");
    }
  }

  @Test
  void hiddenSpikingKernelWritesSpikes() {
    DeviceCase given = given(NeuronModel.LIF, Mode.CLASSIFICATION, Optimizer.Adam.of(0.01));
    UnaryOperator<String> sources =
        planted(
            "hidden_layer_spiking",
            "const word emitted = pass_membrane(&window, &state, z, gate, step, STEPS, credit);",
            "const word emitted = WORD(step == 0 ? 7u : 0u); pass_membrane(&window, &state, z, gate, step, STEPS, credit);");
    int[] counts = trained(given, sources, placed -> placed.readSpikeCounts(0));
    int[] expected = new int[counts.length];
    Arrays.fill(expected, 3);
    assertArrayEquals(expected, counts);
  }

  @Test
  void hiddenRateKernelCounts() {
    DeviceCase given = given(NeuronModel.RATE, Mode.CLASSIFICATION, Optimizer.Adam.of(0.01));
    UnaryOperator<String> sources =
        planted("hidden_layer_rate", "GROUP_NUMBER] += total;", "0] = 1234567 + 0 * total;");
    long[] updates = trained(given, sources, placed -> placed.takeCounters().synapseUpdates());
    assertEquals(1234567L, updates[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "LIF,  readout_spiking, REAL_OF_WORD(count) / REAL((float)STEPS)",
    "RATE, readout_rate,    logistic(CONSTANT_REAL(y + unit))"
  })
  void readoutKernelsWriteOutputs(NeuronModel neuron, String kernel, String computed) {
    DeviceCase given = given(neuron, Mode.CLASSIFICATION, Optimizer.Adam.of(0.01));
    UnaryOperator<String> sources = planted(kernel, computed, "REAL(12345.5f)");
    float[] outputs = trained(given, sources, PlacedNetwork::readOutputs);
    float[] expected = new float[8 * 5];
    Arrays.fill(expected, SENTINEL);
    assertArrayEquals(expected, outputs);
  }

  @Test
  void gateKernelWritesGates() {
    DeviceCase given = given(NeuronModel.RATE, Mode.CLASS_CONTINUAL, new Optimizer.Sgd(0.01));
    UnaryOperator<String> sources =
        planted("open_gate", "gates[unit] = ", "gates[unit] = 12345.5f; const float unused = ");
    float[] gate = trained(given, sources, placed -> placed.readGate(0));
    float[] expected = new float[17];
    Arrays.fill(expected, SENTINEL);
    assertArrayEquals(expected, gate);
  }

  /** Signals are not read back; gradients of planted ones are those of the same signals given. */
  @Test
  void modulationKernelWritesSignals() {
    DeviceCase given = given(NeuronModel.RATE, Mode.CLASSIFICATION, new Optimizer.GradientProbe());
    UnaryOperator<String> sources =
        planted("modulate", "modulation(level, lambda, theta_max);", "12345.5f;");
    float[] signals = new float[5 * 17];
    Arrays.fill(signals, SENTINEL);
    String expected;
    try (CpuBackend cpu = new CpuBackend(1)) {
      expected =
          trained(
              given,
              cpu,
              placed -> placed.writeClassSignals(0, signals),
              placed -> placed.readFirstMoments().sha256());
    }
    assertEquals(expected, trained(given, sources, placed -> placed.readFirstMoments().sha256()));
  }

  /** A head's numbers are the sentinel as far as its last, the bias. */
  @Test
  void headKernelWritesHeads() {
    UnaryOperator<String> sources =
        planted(
            "learn_head",
            "g = FMA(REAL(errors",
            "g = REAL(12345.5f) + REAL(0.0f) * FMA(REAL(errors");
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new LocalError(LocalError.Heads.LEARNED))
            .withOptimizer(new Optimizer.GradientProbe());
    DeviceCase given =
        new DeviceCase("37-17-5", NeuronModel.RATE, Mode.CLASSIFICATION, learning, 1, 8, false);
    float[] gradients =
        trained(
            given,
            sources,
            placed -> placed.readState().tensors().values("first_moment.layers.0.head"));
    float[] expected = new float[5 * 18];
    Arrays.fill(expected, SENTINEL);
    assertArrayEquals(expected, gradients);
  }

  private static DeviceCase columns(AssociativeReadout readout) {
    return CompetitiveCases.small(readout, 8);
  }

  @Test
  void columnKernelWritesOutputs() {
    UnaryOperator<String> sources =
        planted("activate_columns", "y[k] = sum;", "y[k] = sum * 0.0f + 12345.5f;");
    float[] outputs = trained(columns(WINNER), sources, PlacedNetwork::readOutputs);
    float[] expected = new float[8 * 3];
    Arrays.fill(expected, SENTINEL);
    assertArrayEquals(expected, outputs);
  }

  /** All samples are won by the column that was planted, the third. */
  @Test
  void competingKernelWritesWinners() {
    UnaryOperator<String> sources =
        planted("compete", "winners[sample] = winner.column;", "winners[sample] = 2;");
    float[] wins = trained(columns(WINNER), sources, SentinelTest::wins);
    for (int column = 0; column < 6; column++) {
      assertEquals(column == 2 ? 8f : 0f, wins[column], "column " + column);
    }
  }

  private static float[] wins(PlacedNetwork placed) {
    return placed.readState().tensors().values(NetworkState.WINS);
  }

  /** Wins of the columns that learned are the sentinel, the others are 0. */
  @Test
  void columnsKernelWritesWins() {
    UnaryOperator<String> sources =
        planted("learn_columns", "c.lengths[0] = wins;", "c.lengths[0] = 12345.5f;");
    float[] wins = trained(columns(WINNER), sources, SentinelTest::wins);
    int planted = 0;
    for (int column = 0; column < 6; column++) {
      float own = wins[column];
      assertTrue(own == SENTINEL || own == 0f, "wins " + own);
      planted += own == SENTINEL ? 1 : 0;
    }
    assertTrue(planted > 0, "no column has the sentinel");
  }

  @ParameterizedTest
  @CsvSource({
    "WINNER, learn_association, '= 1.0f;', '= 12345.5f;'",
    "RLS, learn_least_squares, '*synapse = fma', '*synapse = 12345.5f; const float unused = fma'"
  })
  void associativeReadoutsWriteWeights(
      AssociativeReadout readout, String kernel, String text, String replacement) {
    UnaryOperator<String> sources = planted(kernel, text, replacement);
    Parameters learned = trained(columns(readout), sources, PlacedNetwork::readParameters);
    float[] weights = learned.layers().get(1).weights();
    int planted = 0;
    for (float weight : weights) {
      assertTrue(weight == SENTINEL || weight == 0f, "weight " + weight);
      planted += weight == SENTINEL ? 1 : 0;
    }
    assertTrue(readout == WINNER ? planted > 0 && planted < 18 : planted == 6 * 3, planted + "");
  }

  @Test
  void inverseCorrelationKernelWritesP() {
    UnaryOperator<String> sources =
        planted("learn_inverse_correlation", "row[i] = ", "row[i] = 12345.5f + 0.0f * ");
    float[] inverse =
        trained(
            columns(AssociativeReadout.RLS),
            sources,
            placed -> placed.readState().tensors().values(NetworkState.INVERSE_CORRELATION));
    float[] expected = new float[6 * 6];
    Arrays.fill(expected, SENTINEL);
    assertArrayEquals(expected, inverse);
  }

  /** A device that fails one part of the self-test is refused by that part's name. */
  @ParameterizedTest
  @CsvSource({
    "0, denormal numbers do not survive",
    "1, division is not correctly rounded",
    "2, square root is not correctly rounded",
    "3, products and sums are contracted",
    "4, fma is not rounded once"
  })
  void selfTestIsBelieved(int part, String name) {
    String passed = "passed[" + part + "] = ";
    UnaryOperator<String> sources = planted("self_test", passed, passed + "2 + 0 * ");
    int number = NeedsOpenCl.Device.number();
    RunException refused =
        assertThrows(
            RunException.class,
            () -> new OpenClBackend(number, null, FaultPlan.none(), sources).close());
    assertTrue(refused.getMessage().contains("not that of the numeric contract: " + name));
    assertTrue(refused.getMessage().contains("the backend cpu"));
  }
}
