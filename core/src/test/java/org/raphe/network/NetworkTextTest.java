package org.raphe.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;

class NetworkTextTest {

  private static NetworkSpec parse(String text) {
    return NetworkText.parse(text, NeuronModel.LIF, Mode.CLASSIFICATION);
  }

  @Test
  void layersFollowTheText() {
    NetworkSpec network = parse("28x28x1-1000-200-10");
    assertEquals(new InputShape(28, 28, 1), network.input());
    assertEquals(
        List.of(new Dense(784, 1000, true), new Dense(1000, 200, true), new Dense(200, 10, true)),
        network.layers());
    assertEquals(10, network.classes());
    assertEquals(785_000 + 200_200 + 2_010, network.parameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "784-1000-10",
        "28x28x1-7-2",
        "28x28x1-c64k5p2-pool-c128k5p2-pool-1000-10",
        "9x7x3-c8k3s2p1-c4k2-6",
        "3x1x3-5-4-3-2",
        "1-1-2"
      })
  void theTextOfANetworkIsReadBack(String text) {
    assertEquals(text, parse(text).text());
    assertEquals(parse(text), parse(parse(text).text()));
  }

  @Test
  void convolutionsFollowTheText() {
    NetworkSpec network = parse("28x27x3-c64k5p2-pool-c7k3s2-pool-1000-10");
    Convolution first = new Convolution(new InputShape(28, 27, 3), 64, 5, 1, 2, true);
    Convolution second = new Convolution(new InputShape(14, 13, 64), 7, 3, 2, 0, true);
    assertEquals(
        List.of(first, second, new Dense(63, 1000, true), new Dense(1000, 10, true)),
        network.layers());
    assertEquals(new InputShape(28, 27, 64), first.map());
    assertEquals(new InputShape(14, 13, 64), first.outputShape(), "the last column is left out");
    assertEquals(new InputShape(6, 6, 7), second.map());
    assertEquals(28 * 27 * 64, first.units());
    assertEquals(75 * 64 + 64, first.parameters());
    assertEquals(576 * 7 + 7, second.parameters());
    long places = (5 * 28 - 2 * (1 + 2)) * (5 * 27 - 2 * (1 + 2));
    assertEquals(places * 3 * 64, first.synapses());
    assertEquals(6 * 6 * 576 * 7, second.synapses());
    assertTrue(network.hasConvolutions());
  }

  @Test
  void convolutionsHaveNoGate() {
    String text = "8x8x1-c5k3-10";
    InputException refused =
        assertThrows(
            InputException.class,
            () -> NetworkText.parse(text, NeuronModel.RATE, Mode.CLASS_CONTINUAL));
    assertTrue(refused.getMessage().contains("position 7: convolutions"), refused.getMessage());
    assertThrows(
        InputException.class,
        () -> NetworkText.parse(text, NeuronModel.RATE, Mode.CLASSIFICATION).withColumns(1, 1, 1f));
  }

  @Test
  void leadingZerosAreNumbersToo() {
    assertEquals(parse("8x8x1-c5k3-9-2"), parse("8x8x1-c05k03s01p0-9-2"));
    assertEquals(parse("7-5-2"), parse("007-0000000000005-02"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | 1  | needs an input",
        "784                   | 4  | needs an input",
        "784-10                | 7  | needs an input",
        "-5-2                  | 1  | is not an input",
        "a-5-2                 | 1  | is not an input",
        "28x28-5-2             | 1  | is not an input",
        "28x28x1x1-5-2         | 1  | is not an input",
        "' 7-5-2'              | 1  | is not an input",
        "+7-5-2                | 1  | is not an input",
        "7.0-5-2               | 1  | is not an input",
        "0-5-2                 | 1  | must be between",
        "28x0x1-5-2            | 4  | must be between",
        "28x28x0-5-2           | 7  | must be between",
        "28x28x0000000000-5-2  | 7  | must be between",
        "1000000000-5-2        | 1  | must be between",
        "99999999999999999-5-2 | 1  | must be between",
        "5000x5000x5-5-2       | 1  | is not usable",
        "16777217-5-2          | 1  | is not usable",
        "784--10               | 5  | is not a number of units",
        "784-5-                | 7  | is not a number of units",
        "784-5-10-             | 10 | is not a number of units",
        "784-x-10              | 5  | is not a number of units",
        "784-5-1e3             | 7  | is not a number of units",
        "784-5-٣               | 7  | is not a number of units",
        "784-0-10              | 5  | must be between",
        "784-5-0               | 7  | must be between",
        "784-9999999999-10     | 5  | must be between",
        "28x28x1-5-c64k-10     | 11 | is not a number of units, a convolution such as",
        "28x28x1-c64-10        | 9  | is not a number of units, a convolution such as",
        "28x28x1-c5k3P1-10     | 9  | is not a number of units, a convolution such as",
        "28x28x1-c5k3p1s2-10   | 9  | is not a number of units, a convolution such as",
        "28x28x1-c5k3p-10      | 9  | is not a number of units, a convolution such as",
        "28x28x1-pools-10      | 9  | is not a number of units, a convolution such as",
        "28x28x1-c0k3-10       | 10 | must be between",
        "28x28x1-c5k0-10       | 12 | must be between",
        "28x28x1-c5k3s0-10     | 14 | must be between",
        "28x28x1-c5k3s2p9999999999-10 | 16 | must be between",
        "28x28x1-c5k3p3-10     | 9  | a padding below its kernel",
        "28x28x1-c5k29-10      | 9  | a kernel of 29 is larger than its input, 28x28",
        "28x4x1-c5k7p1-10      | 8  | larger than its input, 28x4 with a padding of 1",
        "784-c5k3-10           | 5  | a kernel of 3 is larger than its input, 1x784",
        "28x28x1-c5k3-pool-c5k3-pool-c5k3-c5k3-c5k3-10 | 39 | a kernel of 3 is larger than its input, 1x1",
        "5x5x1-c5k5-pool-10    | 12 | a map of 1x1 places is too small to be pooled",
        "28x28x1-pool-10       | 9  | a pool stands on a convolution",
        "28x28x1-5-pool-10     | 11 | a pool stands on a convolution",
        "28x28x1-c5k3-pool-pool-10 | 19 | a pool stands on a convolution that is not pooled yet",
        "28x28x1-5-c5k3-10     | 11 | not on a dense layer",
        "28x28x1-5-c5k3        | 11 | cannot be the output layer",
        "28x28x1-c5k3-pool     | 14 | cannot be the output layer",
        "999x999x1-c999999999k3-10 | 11 | is too large",
        "999x999x16-c99k3-10   | 12 | is not usable"
      })
  void faultsNameTheTextAndThePosition(String text, int position, String why) {
    String message = assertThrows(InputException.class, () -> parse(text)).getMessage();
    String start = "network \"" + text + "\", position " + position + ": ";
    assertTrue(message.startsWith(start), message);
    assertTrue(message.contains(why), message);
    assertEquals(-1, message.indexOf('\n'));
  }

  @ParameterizedTest
  @CsvSource({
    "784-342393-10, layer 1 of 784 inputs and 342393 units",
    "16777216-17-2, layer 1 of 16777216 inputs and 17 units",
    "2-50000-50000-2, layer 2 of 50000 inputs and 50000 units",
    "784-999999999-999999999, layer 1",
    "784-10-1, the output layer needs at least 2 units"
  })
  void layersOfUnusableSizeAreNamed(String text, String layer) {
    String message = assertThrows(InputException.class, () -> parse(text)).getMessage();
    assertTrue(message.startsWith("network \"" + text + "\": "), message);
    assertTrue(message.contains(layer), message);
  }

  @Test
  void theLargestLayerIsAccepted() {
    assertEquals(Dense.MAX_WEIGHTS, parse("16384-16384-2").layers().get(0).weights());
    assertThrows(InputException.class, () -> parse("16384-16385-2"));
  }
}
