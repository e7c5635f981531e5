package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

class KernelChoiceTest {

  private static NetworkSpec network(String text, NeuronModel neuron) {
    return NetworkText.parse(text, neuron, Mode.CLASSIFICATION);
  }

  @Test
  void workGrowsWithSamplesSynapsesAndSteps() {
    NetworkSpec spiking = network("256-100-3", NeuronModel.LIF);
    assertEquals(1000 * (25_600 + 300) * 5.0, KernelChoice.work(spiking, 20, 1000));
    NetworkSpec rate = network("256-100-3", NeuronModel.RATE);
    assertEquals(1000 * (25_600 + 300), KernelChoice.work(rate, 1, 1000));
  }

  /** Three epochs of 600 samples, and one of MNIST. */
  @Test
  void littleWorkIsDoneByPlainLoops() {
    NetworkSpec small = network("256-100-3", NeuronModel.LIF);
    KernelChoice little = KernelChoice.named("auto", KernelChoice.work(small, 20, 3 * 600));
    assertEquals(KernelChoice.named("plain").description(), little.description());
    assertTrue(little.reason().startsWith("so little work"), little.reason());
    NetworkSpec large = network("784-1000-10", NeuronModel.LIF);
    KernelChoice much = KernelChoice.named("auto", KernelChoice.work(large, 20, 70_000));
    assertEquals(KernelChoice.best().description(), much.description());
    assertNotEquals(little.description(), much.description());
    String asked = KernelChoice.named("vector", 1).description();
    assertEquals(KernelChoice.best().description(), asked, "what is asked for is taken");
  }
}
