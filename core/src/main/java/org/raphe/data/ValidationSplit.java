package org.raphe.data;

import java.util.Arrays;
import org.raphe.InputException;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * Holds samples out of the training samples, so that settings can be chosen without the test
 * samples.
 */
public final class ValidationSplit {
  private ValidationSplit() {}

  /**
   * A data set whose training samples lack {@code count} of them, drawn by {@code seed}, which take
   * the place of the test samples. Both parts keep the order of the draw.
   *
   * @throws InputException if count is not between 1 and one less than there are
   */
  public static Dataset of(Dataset dataset, int count, long seed) {
    int size = dataset.train().size();
    if (count < 1 || count >= size) {
      throw new InputException(
          "a validation split of "
              + dataset.name()
              + " takes 1.."
              + (size - 1)
              + " training samples, not "
              + count);
    }
    int[] order =
        new UniformSequence(seed, RandomStream.VALIDATION_SPLIT.number(0), 0).nextPermutation(size);
    return dataset.withSamples(
        dataset.train().subset(dataset.name() + "/train", Arrays.copyOf(order, size - count)),
        dataset
            .train()
            .subset(dataset.name() + "/validation", Arrays.copyOfRange(order, size - count, size)));
  }
}
