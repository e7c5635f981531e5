package org.raphe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.raphe.OneLine.assertFails;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.network.InputShape;

class ValidationSplitTest {
  private static final int SIZE = 200;

  /** The feature of sample k is k, its label k mod 3. */
  private static Dataset numbered() {
    float[] features = new float[SIZE];
    int[] labels = new int[SIZE];
    for (int k = 0; k < SIZE; k++) {
      features[k] = k;
      labels[k] = k % 3;
    }
    Samples train = Samples.ofFeatures("d/train", InputShape.vector(1), 3, features, labels);
    Samples test =
        Samples.ofFeatures("d/test", InputShape.vector(1), 3, new float[] {-1}, new int[] {0});
    return new Dataset("d", train, test);
  }

  private static int[] numbers(Samples samples) {
    for (int k = 0; k < samples.size(); k++) {
      assertEquals((int) samples.feature(k, 0) % 3, samples.label(k), "labels go with features");
    }
    return IntStream.range(0, samples.size()).map(k -> (int) samples.feature(k, 0)).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 199})
  void partsAreDisjointAndComplete(int count) {
    Dataset split = ValidationSplit.of(numbered(), count, 7);
    assertEquals(SIZE - count, split.train().size());
    assertEquals(count, split.test().size());
    int[] all =
        IntStream.concat(
                Arrays.stream(numbers(split.train())), Arrays.stream(numbers(split.test())))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, SIZE).toArray(), all);
  }

  @Test
  void theDrawIsTheSeeds() {
    int[] one = numbers(ValidationSplit.of(numbered(), 50, 7).test());
    assertArrayEquals(one, numbers(ValidationSplit.of(numbered(), 50, 7).test()));
    assertFalse(Arrays.equals(one, numbers(ValidationSplit.of(numbered(), 50, 8).test())));
    int[] last = IntStream.range(SIZE - 50, SIZE).toArray();
    assertFalse(Arrays.equals(last, Arrays.stream(one).sorted().toArray()), "drawn, not the last");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 200, 201, Integer.MAX_VALUE})
  void countsThatLeaveNothingAreRefused(int count) {
    assertFails(
        InputException.class,
        () -> ValidationSplit.of(numbered(), count, 7),
        "1..199",
        "not " + count);
  }
}
