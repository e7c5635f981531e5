package org.raphe.continual;

import java.util.List;

/**
 * One part of a stream: the samples of some classes.
 *
 * @param number from 1
 * @param classes its classes, in the stream's order
 * @param train indices of its training samples in the data set, ascending
 * @param test for each of its classes, in that order, the indices of the test samples, ascending
 */
public record Experience(int number, List<Integer> classes, int[] train, List<int[]> test) {

  public Experience {
    classes = List.copyOf(classes);
    test = List.copyOf(test);
  }

  /** Number of test samples. */
  public int testSize() {
    return test.stream().mapToInt(indices -> indices.length).sum();
  }
}
