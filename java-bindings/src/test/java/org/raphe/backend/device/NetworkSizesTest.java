package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.LocalError;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;

/** Networks at the edge of what ints and the axes of a launch hold, and just past it. */
class NetworkSizesTest {
  /** As on CUDA, whose grids end at 65,535 on the second axis. */
  private static void check(String network, NeuronModel neuron, String rule, int steps, int batch) {
    NetworkSpec spec = NetworkText.parse(network, neuron, Mode.CLASSIFICATION);
    Rule named =
        rule.equals("local-error learned")
            ? new LocalError(LocalError.Heads.LEARNED)
            : Rules.named(rule);
    LearningSpec learning = LearningSpec.published(Mode.CLASSIFICATION, named);
    Extent groups = new Extent(Integer.MAX_VALUE, 65535, 65535);
    Extent items = new Extent(1024, 1024, 64);
    NetworkSizes.check(
        new LaunchLimits("a device", groups, items, 1024, 49152, 49152),
        new Placement(spec, learning, steps, batch, 0.75f, 0.2f, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "524281-8-2, LIF, naca, 1, 1",
    "16777216-16-2, RATE, naca, 1, 1",
    "1-4194240-2, RATE, naca, 1, 1",
    "1-16777216-2, RATE, frozen, 1, 1",
    "2-16320-2, LIF, naca, 1024, 4096",
    "1-2-65535, RATE, naca, 1, 4096",
    "2097151-2-2, LIF, naca, 1024, 1",
    "1-2-65536, RATE, drtp, 1, 1",
    "784-1000-10, LIF, naca, 20, 32"
  })
  void whatFitsIsTaken(String network, NeuronModel neuron, String rule, int steps, int batch) {
    assertDoesNotThrow(() -> check(network, neuron, rule, steps, batch));
  }

  @ParameterizedTest
  @CsvSource({
    "1-4194241-2, RATE, naca, 1, 1, 1, tiles are 65536, 65535, choose fewer units",
    "2-16321-2, LIF, naca, 1024, 4096, 1, words of a batch's spikes are 2147483648, 2147483647, 'choose fewer units or steps, or a smaller batch'",
    "16385-2-2, LIF, naca, 1024, 4096, 1, words of a batch's spikes are 2155872256, 2147483647, 'choose fewer units or steps, or a smaller batch'",
    "2097152-2-2, LIF, naca, 1024, 1, 1, spikes of a sample are 2147483648, 2147483647, 'choose fewer units or steps, or a smaller batch'",
    "1-524289-2, RATE, naca, 1, 4096, 1, outputs of a batch are 2147745792, 2147483647, choose fewer units or a smaller batch",
    "1-2-524289, RATE, frozen, 1, 4096, 2, outputs of a batch are 2147745792, 2147483647, choose fewer units or a smaller batch",
    "1-400000-400-2700, RATE, naca, 1, 1, 1, innervated synapses are 2160000000, 2147483647, choose fewer units or classes",
    "1-400000-400-6000, RATE, naca, 1, 1, 1, signals of classes are 2400000000, 2147483647, choose fewer units or classes",
    "1-2-65536, RATE, naca, 1, 1, 1, classes are 65536, 65535, choose fewer classes",
    "1-2-65536, RATE, local-error learned, 1, 1, 1, classes are 65536, 65535, choose fewer classes"
  })
  void whatDoesNotFitIsRefusedInOneLine(
      String network,
      NeuronModel neuron,
      String rule,
      int steps,
      int batch,
      int layer,
      String what,
      long most,
      String remedy) {
    InputException refused =
        assertThrows(InputException.class, () -> check(network, neuron, rule, steps, batch));
    String[] sizes = network.split("-");
    assertEquals(
        "layer "
            + layer
            + " of "
            + sizes[layer - 1]
            + " inputs and "
            + sizes[layer]
            + " units is too large for a device: its "
            + what
            + ", more than "
            + most
            + "; "
            + remedy,
        refused.getMessage());
  }
}
