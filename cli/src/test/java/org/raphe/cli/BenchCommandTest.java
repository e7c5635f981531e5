package org.raphe.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code raphe bench} refuses before anything is placed. */
class BenchCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--network=100-20-10 | --network 100-20-10 does not take MNIST: give one of 784 inputs",
        "--network=784-20-9 | does not take MNIST",
        "--network=28x28x1-c4k5q2-10 | position 9",
        "--neuron=adex | choose one of lif, rate",
        "--samples=10 | --samples must be in 320..60000",
      })
  void refuses(String option, String part) {
    Invocation.of("bench", option).assertFails(Raphe.WRONG_INPUT, part);
  }
}
