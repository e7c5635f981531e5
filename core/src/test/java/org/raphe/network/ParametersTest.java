package org.raphe.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.random.Philox;
import org.raphe.random.RandomStream;

class ParametersTest {
  private static final NetworkSpec NETWORK =
      NetworkSpec.dense(
          InputShape.vector(100), new int[] {70, 9}, NeuronModel.LIF, Mode.CLASS_CONTINUAL);

  @Test
  void drawnWeightsAreUniformWithinTheFanInsBound() {
    LayerParameters layer = Parameters.draw(NETWORK, 3).layers().get(0);
    double squares = 0;
    for (float weight : layer.weights()) {
      assertTrue(weight >= -0.1f && weight < 0.1f);
      squares += weight * weight;
    }
    assertEquals(0.01 / 3, squares / layer.weights().length, 1e-4);
    assertNull(layer.biases());
    assertEquals(9, Parameters.draw(NETWORK, 3).layers().get(1).biases().length);
  }

  /**
   * The read-out stays as it is without; hidden weights take the same draws within a wider bound.
   */
  @Test
  void hiddenLayersOfReluStartWiderAndWithoutBiases() {
    NetworkSpec plain =
        NetworkSpec.dense(
            InputShape.vector(100), new int[] {70, 9}, NeuronModel.RATE, Mode.CLASSIFICATION);
    Parameters tanh = Parameters.draw(plain, 3);
    Parameters relu = Parameters.draw(plain.withActivation(Activation.RELU), 3);
    float[] narrow = tanh.layers().get(0).weights();
    float[] wide = relu.layers().get(0).weights();
    for (int k = 0; k < wide.length; k++) {
      assertEquals(narrow[k] / 0.1f * (float) Math.sqrt(0.03), wide[k], 1e-7f);
    }
    assertArrayEquals(new float[70], relu.layers().get(0).biases());
    assertArrayEquals(tanh.layers().get(1).weights(), relu.layers().get(1).weights());
    assertArrayEquals(tanh.layers().get(1).biases(), relu.layers().get(1).biases());
  }

  @Test
  void everyWeightHasItsOwnCounter() {
    float[] weights = Parameters.draw(NETWORK, 3).layers().get(0).weights();
    int[] words = new int[4];
    for (int input = 0; input < 100; input += 33) {
      for (int unit = 0; unit < 70; unit++) {
        Philox.draw(3, RandomStream.WEIGHTS.number(0), input, 0, unit / 4, words);
        float expected = (2f * Philox.uniform(words[unit % 4]) - 1f) * 0.1f;
        assertEquals(expected, weights[input * 70 + unit]);
      }
    }
  }

  @Test
  void seedsGiveDifferentParameters() {
    assertEquals(Parameters.draw(NETWORK, 3).sha256(), Parameters.draw(NETWORK, 3).sha256());
    assertNotEquals(Parameters.draw(NETWORK, 3).sha256(), Parameters.draw(NETWORK, 4).sha256());
  }

  /** 5000 weights are more than one block of the digest. */
  @Test
  void digestChangesWithAnyBit() {
    float[] weights = new float[5000];
    float[] biases = new float[2];
    Parameters parameters = new Parameters(List.of(new LayerParameters(weights, biases)));
    String digest = parameters.sha256();
    for (int at : new int[] {0, 1, 4095, 4096, 4999}) {
      weights[at] = Float.MIN_VALUE;
      assertNotEquals(digest, parameters.sha256(), "weight " + at);
      weights[at] = -0f;
      assertNotEquals(digest, parameters.sha256(), "sign of weight " + at);
      weights[at] = 0f;
    }
    biases[1] = Float.MIN_VALUE;
    assertNotEquals(digest, parameters.sha256(), "bias");
  }
}
