package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.cli.TrainingEngine;
import org.raphe.datasets.GeneratedImages;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.ContinualBackPropagation;

/** Units that continual back-propagation replaces: which, when, by what, and to the same bits. */
class UnitReplacementTest {
  private static final NetworkSpec NETWORK =
      NetworkText.parse("3-4-2", NeuronModel.RATE, Mode.CLASSIFICATION);

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  /** Emissions of 4 units and outgoing weights, so that utilities are their products. */
  @Test
  void theLeastUsefulMatureUnitIsReplacedAndBeginsAnew() {
    var rule = new ContinualBackPropagation(0, 0.25, 3);
    UnitReplacement replacement = new UnitReplacement(rule, NETWORK, 5);
    try (NDManager manager = PyTorchEngine.open(1, 0)) {
      List<TrainedLayer> layers = new ArrayList<>();
      for (Layer shape : NETWORK.layers()) {
        layers.add(TrainedLayer.place(manager, shape, DataType.FLOAT32));
      }
      float[] incoming = new float[12];
      Arrays.fill(incoming, 7f);
      layers.get(0).write(new LayerParameters(incoming, new float[] {1, 1, 1, 1}));
      // Sums of outgoing sizes 2, 1, 4, 3; with emissions 1, 1, 0.1, 1 unit 2 is of least use.
      layers
          .get(1)
          .write(
              new LayerParameters(
                  new float[] {1, -1, 0.5f, 0.5f, -2, 2, 1, 2}, new float[] {0, 0}));
      NDArray hidden = manager.create(new float[] {1, 1, 0.1f, 1, -1, 1, -0.1f, 1}).reshape(2, 4);
      for (int batch = 1; batch <= 3; batch++) {
        replacement.learned(layers, List.of(hidden));
        assertEquals(0, replacement.replaced(0), "nobody is older than 3 batches");
      }
      replacement.learned(layers, List.of(hidden));
      assertEquals(1, replacement.replaced(0), "a quarter of four units is due");
      LayerParameters own = layers.get(0).read();
      LayerParameters next = layers.get(1).read();
      assertArrayEquals(new float[] {1, 1, 0, 1}, own.biases());
      float bound = Parameters.initialBound(NETWORK, 0);
      for (int at = 0; at < 12; at++) {
        if (at % 4 == 2) {
          assertTrue(Math.abs(own.weights()[at]) <= bound, "drawn: " + own.weights()[at]);
        } else {
          assertEquals(7f, own.weights()[at]);
        }
      }
      assertArrayEquals(new float[] {1, -1, 0.5f, 0.5f, 0, 0, 1, 2}, next.weights());
      replacement.learned(layers, List.of(hidden));
      assertEquals(1, replacement.replaced(0), "three mature units are due three quarters");
      NetworkState state = replacement.state();
      assertEquals(0.75, state.scalars().get("replacement.0.due"));
      assertArrayEquals(new float[] {5, 5, 1, 5}, state.tensors().values("replacement.0.age"));
      double utility = 2 * (1 - Math.pow(0.99, 5));
      assertEquals(utility, state.tensors().values("replacement.0.utility")[0], 1e-5);
    }
  }

  private static Placement placement(ContinualBackPropagation rule) {
    NetworkSpec network = NetworkText.parse("784-12-8-10", NeuronModel.RATE, Mode.CLASSIFICATION);
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, rule).withOptimizer(new Optimizer.Sgd(0.05));
    return new Placement(network, learning, 1, 10, 1f, 0f, 3);
  }

  private static NetworkState learned(ContinualBackPropagation rule, int stop) {
    TrainingEngine engine = ServiceLoader.load(TrainingEngine.class).findFirst().orElseThrow();
    int[] order = IntStream.range(0, 300).toArray();
    Placement placement = placement(rule);
    try (Backend backend = engine.open(1)) {
      NetworkState state = backend.initialState(placement);
      for (int part = 0; part < 2; part++) {
        int from = part == 0 ? 0 : stop;
        int to = part == 0 ? stop : 30;
        try (PlacedNetwork placed = backend.place(placement);
            PlacedSamples samples = placed.placeSamples(GeneratedImages.of(300, 5))) {
          placed.writeState(state);
          for (int batch = from; batch < to; batch++) {
            BatchSchedule.train(placed, samples, order, 10 * batch, 10, 1, batch + 1, 1);
          }
          state = placed.readState();
        }
      }
      return state;
    }
  }

  @Test
  void aStoppedRunGoesOnToTheSameBits() {
    var rule = new ContinualBackPropagation(1e-3, 0.02, 4);
    NetworkState whole = learned(rule, 30);
    NetworkState parts = learned(rule, 17);
    assertTrue(whole.scalars().get("replacement.0.replaced") >= 3, whole.scalars().toString());
    assertEquals(whole.tensors().sha256(), parts.tensors().sha256());
    assertEquals(whole.scalars(), parts.scalars());
  }

  @Test
  void decayMakesWeightsSmallerAndWithoutEitherItIsPlainBackPropagation() {
    NetworkState plain = learned(new ContinualBackPropagation(0, 0, 100), 30);
    NetworkState decayed = learned(new ContinualBackPropagation(0.05, 0, 100), 30);
    assertTrue(size(decayed) < 0.97 * size(plain), size(decayed) + " " + size(plain));
    NetworkState replaced = learned(new ContinualBackPropagation(0, 0.02, 4), 30);
    assertNotEquals(plain.parameters().sha256(), replaced.parameters().sha256());
  }

  private static double size(NetworkState state) {
    double sum = 0;
    for (float weight : state.parameters().layers().get(1).weights()) {
      sum += Math.abs(weight);
    }
    return sum;
  }
}
