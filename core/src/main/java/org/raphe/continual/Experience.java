package org.raphe.continual;

import java.util.List;
import java.util.stream.IntStream;
import org.raphe.data.Samples;

/**
 * One part of a stream: the samples of some classes.
 *
 * @param number from 1
 * @param classes its classes, in the stream's order
 * @param train indices of its training samples in the data set, ascending
 * @param test its test samples in groups, of which no batch holds two: in a stream one group a
 *     class, in that order, indices ascending
 * @param inputs in which order its training samples have their features; null for as they are
 */
public record Experience(
    int number, List<Integer> classes, int[] train, List<int[]> test, int[] inputs) {

  public Experience {
    classes = List.copyOf(classes);
    test = List.copyOf(test);
  }

  /** Whose samples have their features as they are. */
  public Experience(int number, List<Integer> classes, int[] train, List<int[]> test) {
    this(number, classes, train, test, null);
  }

  /** All test samples, class by class, of which nothing is learned. */
  public static Experience ofTests(Samples test) {
    List<Integer> classes = IntStream.range(0, test.classes()).boxed().toList();
    List<int[]> samples = classes.stream().map(label -> test.indicesOf(label)).toList();
    return new Experience(1, classes, new int[0], samples);
  }

  /** Number of test samples. */
  public int testSize() {
    return test.stream().mapToInt(indices -> indices.length).sum();
  }
}
