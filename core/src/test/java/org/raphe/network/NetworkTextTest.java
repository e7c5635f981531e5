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
  @ValueSource(strings = {"784-1000-10", "28x28x1-7-2", "3x1x3-5-4-3-2", "1-1-2"})
  void theTextOfANetworkIsReadBack(String text) {
    assertEquals(text, parse(text).text());
    assertEquals(parse(text), parse(parse(text).text()));
  }

  @Test
  void leadingZerosAreNumbersToo() {
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
        "28x28x1-c64k5p2-10    | 9  | which this version cannot train",
        "28x28x1-c64k5-10      | 9  | which this version cannot train",
        "28x28x1-5-pool-10     | 11 | which this version cannot train",
        "28x28x1-5-c64k-10     | 11 | is not a number of units"
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
