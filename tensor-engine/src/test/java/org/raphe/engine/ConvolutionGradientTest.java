package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Activation;
import org.raphe.network.Layer;
import org.raphe.network.LifDynamics;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

/**
 * Back-propagation through convolutions and pools, in double, beside that through the same network
 * with every synapse written out, whose formulas {@link BackpropagationGradientTest} checks.
 */
class ConvolutionGradientTest {
  private static final int BATCH = 3;
  private static final int STEPS = 5;

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  /** What a batch gave: outputs, then each layer's gradients, weights before biases. */
  private record Found(double[] outputs, List<double[]> gradients) {}

  @ParameterizedTest
  @CsvSource({
    "6x7x2-c3k3p1-pool-c4k2-pool-6-3, TANH",
    "6x7x2-c3k3p1-pool-c4k2-pool-6-3, RELU",
    "6x7x2-c3k3p1-pool-c4k2-pool-6-3,",
    "7x6x1-c5k3s2p1-c3k2-3, TANH",
    "7x6x1-c5k3s2p1-c3k2-3, RELU",
    "7x6x1-c5k3s2p1-c3k2-3,",
    "5x5x1-c7k5p2-pool-3, RELU",
    "5x5x1-c7k5p2-pool-3,"
  })
  void gradientsAreSumsOverSynapsesWrittenOut(String text, Activation activation) {
    boolean spiking = activation == null;
    NetworkSpec parsed =
        NetworkText.parse(text, spiking ? NeuronModel.LIF : NeuronModel.RATE, Mode.CLASSIFICATION);
    NetworkSpec network = spiking ? parsed : parsed.withActivation(activation);
    ReadoutLoss loss = ReadoutLoss.crossEntropy(2f);
    Backpropagation way =
        spiking
            ? new SpikingBackpropagation(loss, LifDynamics.of(Mode.CLASSIFICATION), STEPS)
            : new RateBackpropagation(loss, activation);
    Random random = new Random(5);
    UnrolledNetwork written = new UnrolledNetwork(network, random);
    int rows = spiking ? STEPS * BATCH : BATCH;
    double[] x =
        random
            .doubles((long) rows * network.input().size())
            .map(u -> !spiking ? u : u < 0.6 ? 1 : 0)
            .toArray();
    List<double[]> all = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      all.add(written.writtenOut(layer));
    }
    Found expected = run(way, written.unrolled(), all, x);
    Found found = run(way, network.layers(), written.parameters, x);
    assertArrayEquals(expected.outputs(), found.outputs(), 1e-12);
    for (int layer = 0; layer < all.size(); layer++) {
      double[] sums = written.shared(layer, expected.gradients().get(layer));
      double[] gradients = found.gradients().get(layer);
      assertArrayEquals(sums, gradients, 1e-12, "layer " + layer);
      long some = Arrays.stream(gradients).filter(gradient -> gradient != 0).count();
      assertTrue(some > gradients.length / 4, some + " of " + gradients.length);
    }
  }

  private static Found run(
      Backpropagation way, List<Layer> shapes, List<double[]> parameters, double[] x) {
    try (NDManager manager = PyTorchEngine.open(1, 1)) {
      List<TrainedLayer> layers = new ArrayList<>();
      for (int layer = 0; layer < shapes.size(); layer++) {
        layers.add(TrainedLayer.place(manager, shapes.get(layer), DataType.FLOAT64));
        double[] values = parameters.get(layer);
        int weights = (int) layers.get(layer).weight.size();
        set(layers.get(layer).weight, Arrays.copyOf(values, weights));
        set(layers.get(layer).bias, Arrays.copyOfRange(values, weights, values.length));
      }
      int inputs = shapes.get(0).inputs();
      NDArray onehot =
          manager.create(new double[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, new Shape(BATCH, 3));
      NDArray rows = manager.create(x, new Shape(x.length / inputs, inputs));
      Backpropagation.Pass pass = way.pass(layers, rows, onehot);
      List<double[]> gradients = new ArrayList<>();
      for (int layer = 0; layer < shapes.size(); layer++) {
        NDList found = pass.gradients().get(layer);
        assertEquals(layers.get(layer).weight.getShape(), found.get(0).getShape());
        assertEquals(layers.get(layer).bias.getShape(), found.get(1).getShape());
        double[] both = Arrays.copyOf(found.get(0).toDoubleArray(), parameters.get(layer).length);
        double[] biases = found.get(1).toDoubleArray();
        System.arraycopy(biases, 0, both, both.length - biases.length, biases.length);
        gradients.add(both);
      }
      return new Found(pass.outputs().toDoubleArray(), gradients);
    }
  }

  private static void set(NDArray target, double[] values) {
    target.getManager().create(values, target.getShape()).copyTo(target);
  }
}
