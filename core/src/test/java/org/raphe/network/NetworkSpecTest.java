package org.raphe.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

class NetworkSpecTest {

  private static NetworkSpec network(NeuronModel neuron, Mode mode, int... units) {
    return NetworkSpec.dense(InputShape.vector(6), units, neuron, mode);
  }

  @ParameterizedTest
  @CsvSource({
    "LIF,  CLASSIFICATION,  true,  true",
    "RATE, CLASSIFICATION,  true,  true",
    "LIF,  CLASS_CONTINUAL, false, true",
    "RATE, CLASS_CONTINUAL, false, false"
  })
  void biasesFollowModeAndNeuron(NeuronModel neuron, Mode mode, boolean hidden, boolean readout) {
    NetworkSpec network = network(neuron, mode, 5, 4, 3);
    assertEquals(hidden, network.layers().get(0).biased());
    assertEquals(hidden, network.layers().get(1).biased());
    assertEquals(readout, network.readout().biased());
    int biases = (hidden ? 9 : 0) + (readout ? 3 : 0);
    assertEquals(30 + 20 + 12 + biases, network.parameters());
  }

  @Test
  void theLastLayerIsTheReadout() {
    NetworkSpec network = network(NeuronModel.LIF, Mode.CLASSIFICATION, 5, 4, 3);
    assertFalse(network.isReadout(0));
    assertFalse(network.isReadout(1));
    assertTrue(network.isReadout(2));
    assertEquals(new Dense(4, 3, true), network.readout());
  }

  @Test
  void unusableLayersAreRefused() {
    assertThrows(InputException.class, () -> network(NeuronModel.LIF, Mode.CLASSIFICATION, 3));
    assertThrows(InputException.class, () -> network(NeuronModel.LIF, Mode.CLASSIFICATION, 3, 1));
    assertThrows(InputException.class, () -> network(NeuronModel.LIF, Mode.CLASSIFICATION, 0, 2));
    assertThrows(InputException.class, () -> network(NeuronModel.LIF, Mode.CLASSIFICATION, -3, 2));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "LIF,  CLASSIFICATION,  none,     TANH,     'for rate units; spiking ones'",
        "LIF,  CLASS_CONTINUAL, none,     LOGISTIC, 'for rate units; spiking ones'",
        "RATE, CLASSIFICATION,  TANH,     LOGISTIC, 'choose tanh or relu'",
        "RATE, CLASS_CONTINUAL, LOGISTIC, RELU,     'for classification networks'",
        "RATE, CLASS_CONTINUAL, LOGISTIC, TANH,     'for classification networks'"
      })
  void activationsFollowModeAndNeuron(
      NeuronModel neuron, Mode mode, Activation own, Activation refused, String why) {
    NetworkSpec network = network(neuron, mode, 5, 3);
    assertEquals(own, network.activation());
    assertFails(
        InputException.class,
        () -> network.withActivation(refused),
        "activation " + refused + " is",
        why);
  }

  @Test
  void classificationNetworksOfRateUnitsMayBeOfRelu() {
    NetworkSpec network = network(NeuronModel.RATE, Mode.CLASSIFICATION, 5, 3);
    NetworkSpec rectified = network.withActivation(Activation.RELU);
    assertEquals(Activation.RELU, rectified.activation());
    assertEquals(network, rectified.withActivation(Activation.TANH));
    assertEquals("6-5-3", rectified.text());
  }

  /** Modulo 2^32, 6 x 2^30 is negative as an int and 2^16 x 2^16 is 0. */
  @Test
  void sizesThatOverflowAreRefused() {
    assertThrows(
        InputException.class, () -> network(NeuronModel.LIF, Mode.CLASSIFICATION, 1 << 30, 2));
    assertThrows(
        InputException.class,
        () -> network(NeuronModel.LIF, Mode.CLASSIFICATION, 1 << 16, 1 << 16, 2));
  }

  @Test
  void dynamicsFollowTheMode() {
    assertEquals(
        new LifDynamics(0.2f, 0.5f, 0.5f, false, false), LifDynamics.of(Mode.CLASSIFICATION));
    assertEquals(
        new LifDynamics(0.2f, 0.5f, 0.2f, true, true), LifDynamics.of(Mode.CLASS_CONTINUAL));
    assertEquals(0f, LifDynamics.of(Mode.CLASSIFICATION).lowerThreshold());
    assertEquals(0.5f - 0.2f, LifDynamics.of(Mode.CLASS_CONTINUAL).lowerThreshold());
  }
}
