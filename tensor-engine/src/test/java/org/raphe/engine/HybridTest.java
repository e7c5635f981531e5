package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.Samples;
import org.raphe.datasets.GeneratedImages;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.BackPropagation;
import org.raphe.rule.BackPropagationThroughTime;
import org.raphe.rule.Hybrid;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.tensor.TensorSpec;

/** The hybrid rule beside the two that it is made of. */
class HybridTest {
  /** Of the second map's five rows and columns the last is left out. */
  private static final String NETWORK = "28x28x1-c6k5s2p1-pool-c9k2-pool-30-10";

  private static final int COUNT = 24;
  private static final Samples SAMPLES = GeneratedImages.of(COUNT, 5);
  private static final LocalError HEADS = new LocalError(LocalError.Heads.LEARNED);

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  private static Placement placement(
      Rule rule, NeuronModel neuron, Optimizer optimizer, ReadoutLoss loss) {
    NetworkSpec network = NetworkText.parse(NETWORK, neuron, Mode.CLASSIFICATION);
    LearningSpec learning = new LearningSpec(rule, optimizer, optimizer, loss, SignalGain.CONSTANT);
    return new Placement(network, learning, neuron == NeuronModel.LIF ? 6 : 1, COUNT, 1f, 0f, 3);
  }

  private static Placement probe(Rule rule, NeuronModel neuron) {
    return placement(rule, neuron, new Optimizer.GradientProbe(), ReadoutLoss.PUBLISHED);
  }

  /** Larger than they are drawn, so that units of all layers spike. */
  private static Parameters parameters(Placement placement) {
    Parameters drawn = Parameters.draw(placement.network(), placement.seed());
    for (LayerParameters layer : drawn.layers()) {
      for (int k = 0; k < layer.weights().length; k++) {
        layer.weights()[k] *= layer.weights()[k] > 0 ? 3 : 2;
      }
    }
    return drawn;
  }

  /** The state that batches leave, from the same weights. */
  private static NetworkState after(Backend backend, Placement placement, int batches) {
    try (PlacedNetwork placed = backend.place(placement);
        PlacedSamples shown = placed.placeSamples(SAMPLES)) {
      placed.writeParameters(parameters(placement));
      train(placed, shown, 1, batches);
      return placed.readState();
    }
  }

  private static void train(PlacedNetwork placed, PlacedSamples shown, int from, int to) {
    int[] order = IntStream.range(0, COUNT).toArray();
    for (int step = from; step <= to; step++) {
      BatchSchedule.train(placed, shown, order, 0, COUNT, 1, step, 1);
    }
  }

  private static Rule whole(NeuronModel neuron) {
    return neuron == NeuronModel.RATE ? new BackPropagation() : new BackPropagationThroughTime();
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void withAllLayersItIsBackPropagationBitForBit(NeuronModel neuron) {
    Optimizer adam = Optimizer.Adam.of(1e-3);
    try (Backend engine = new EngineBackend(1)) {
      String bits =
          after(engine, placement(whole(neuron), neuron, adam, ReadoutLoss.PUBLISHED), 3)
              .parameters()
              .sha256();
      Placement hybrid = placement(new Hybrid(new Naca(), 4), neuron, adam, ReadoutLoss.PUBLISHED);
      assertEquals(bits, after(engine, hybrid, 3).parameters().sha256());
    }
  }

  /** Errors stop at the border, and the local rule knows nothing of what is above it. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void eachSideLearnsAsIfTheOtherWereNotThere(NeuronModel neuron) {
    try (Backend engine = new EngineBackend(1)) {
      Parameters above = after(engine, probe(whole(neuron), neuron), 1).firstMoments();
      Parameters below = after(engine, probe(new Hybrid(new Naca(), 0), neuron), 1).firstMoments();
      Parameters hybrid = after(engine, probe(new Hybrid(new Naca(), 2), neuron), 1).firstMoments();
      for (int layer = 0; layer < 4; layer++) {
        LayerParameters expected = (layer < 2 ? below : above).layers().get(layer);
        LayerParameters other = (layer < 2 ? above : below).layers().get(layer);
        float[] found = hybrid.layers().get(layer).weights();
        assertArrayEquals(expected.weights(), found, "layer " + layer);
        boolean readoutOfRates = layer == 3 && neuron == NeuronModel.RATE;
        assertTrue(readoutOfRates || distance(other.weights(), found) > 0.1, "layer " + layer);
      }
    }
  }

  static List<Arguments> localRules() {
    List<Arguments> all = new ArrayList<>();
    for (Rule rule : Rules.all()) {
      if (!rule.needsEngine() && rule.descends()) {
        all.add(Arguments.of(rule, NeuronModel.RATE));
        all.add(Arguments.of(rule, NeuronModel.LIF));
      }
    }
    all.add(Arguments.of(HEADS, NeuronModel.RATE));
    all.add(Arguments.of(HEADS, NeuronModel.LIF));
    return all;
  }

  /** The second batch's, so that heads that learn are not 0 any more. */
  @ParameterizedTest
  @MethodSource("localRules")
  void withNoLayerItIsTheLocalRuleOfTheCpu(Rule local, NeuronModel neuron) {
    Optimizer small = new Optimizer.Sgd(1e-4);
    ReadoutLoss loss =
        neuron == NeuronModel.RATE ? ReadoutLoss.crossEntropy(1f) : ReadoutLoss.PUBLISHED;
    try (Backend engine = new EngineBackend(1);
        Backend cpu = new CpuBackend(1)) {
      Placement ours = placement(local, neuron, small, loss);
      NetworkState expected = after(cpu, ours, 2);
      NetworkState found = after(engine, placement(new Hybrid(local, 0), neuron, small, loss), 2);
      assertEquals(expected.tensors().specs(), found.tensors().specs());
      NetworkState start = ours.initialState().withParameters(ours.network(), parameters(ours));
      for (TensorSpec spec : expected.tensors().specs()) {
        float[] change = minus(expected.tensors().values(spec.name()), start, spec);
        float[] ofEngine = minus(found.tensors().values(spec.name()), start, spec);
        assertTrue(distance(change, ofEngine) < 0.01, spec.name());
        boolean learns = local.learns() || spec.name().startsWith("layers.3.");
        assertEquals(
            learns && spec.name().startsWith("layers."),
            distance(change, new float[change.length]) > 0);
      }
    }
  }

  @Test
  void headsAreInTheStateAndGoOnToTheSameBits() {
    Placement placement =
        placement(
            new Hybrid(HEADS, 2),
            NeuronModel.RATE,
            Optimizer.Adam.of(1e-2),
            ReadoutLoss.crossEntropy(1f));
    try (Backend engine = new EngineBackend(1);
        PlacedNetwork placed = engine.place(placement);
        PlacedNetwork again = engine.place(placement);
        PlacedSamples shown = placed.placeSamples(SAMPLES);
        PlacedSamples shownAgain = again.placeSamples(SAMPLES)) {
      placed.writeState(placement.initialState());
      train(placed, shown, 1, 3);
      NetworkState half = placed.readState();
      assertEquals(2, half.tensors().specs().stream().filter(HybridTest::isHead).count());
      again.writeState(half);
      train(placed, shown, 4, 6);
      train(again, shownAgain, 4, 6);
      assertEquals(placed.readParameters().sha256(), again.readParameters().sha256());
      assertArrayEquals(
          placed.readState().tensors().values("layers.1.head"),
          again.readState().tensors().values("layers.1.head"));
    }
  }

  private static boolean isHead(TensorSpec spec) {
    return spec.name().matches("layers\\.\\d\\.head");
  }

  private static float[] minus(float[] values, NetworkState start, TensorSpec spec) {
    float[] change = values.clone();
    float[] from = start.tensors().values(spec.name());
    for (int k = 0; k < change.length; k++) {
      change[k] -= from[k];
    }
    return change;
  }

  /** Of b from a, by a's length; 0 where both are 0. */
  private static double distance(float[] a, float[] b) {
    double apart = 0;
    double length = 0;
    for (int k = 0; k < a.length; k++) {
      apart += Math.pow((double) a[k] - b[k], 2);
      length += Math.pow(a[k], 2);
    }
    return apart == 0 ? 0 : Math.sqrt(apart / length);
  }
}
