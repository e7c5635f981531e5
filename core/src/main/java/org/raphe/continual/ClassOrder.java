package org.raphe.continual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * The order in which a stream brings its classes: every class once.
 *
 * @param classes a permutation of 0..K-1
 */
public record ClassOrder(List<Integer> classes) {

  /**
   * Keeps the order.
   *
   * @throws InputException if a class is named twice, not at all, or is none of 0..K-1
   */
  public ClassOrder {
    classes = List.copyOf(classes);
    int size = classes.size();
    boolean[] named = new boolean[size];
    for (int label : classes) {
      if (label < 0 || label >= size) {
        throw new InputException(
            "the class order names class "
                + label
                + ", but its "
                + size
                + " classes are 0.."
                + (size - 1));
      }
      if (named[label]) {
        throw new InputException(
            "the class order names class " + label + " twice; name every class once");
      }
      named[label] = true;
    }
  }

  /**
   * The order that a seed draws: the permutation of the sequence (ORDER | 0, 0). Orders of samples
   * have indices from 1.
   *
   * @param classes K
   */
  public static ClassOrder drawn(int classes, long seed) {
    int[] order =
        new UniformSequence(seed, RandomStream.ORDER.number(0), 0).nextPermutation(classes);
    return new ClassOrder(Arrays.stream(order).boxed().toList());
  }

  /**
   * Reads a list such as {@code 3,1,0,2}.
   *
   * @param classes K, which the list must name in full
   * @throws InputException if an entry is no number, or a class is named twice, not at all, or is
   *     none of 0..K-1
   */
  public static ClassOrder listed(String text, int classes) {
    List<Integer> order = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        order.add(Integer.parseInt(part.strip()));
      } catch (NumberFormatException e) {
        throw new InputException(
            "the class order \""
                + text
                + "\" holds \""
                + part
                + "\", which is no number; write seed, or a list such as 3,1,0,2",
            e);
      }
    }
    for (int k = 0; k < order.size(); k++) {
      if (order.subList(0, k).contains(order.get(k))) {
        throw new InputException(
            "the class order \"" + text + "\" names class " + order.get(k) + " twice");
      }
    }
    if (order.size() != classes) {
      throw new InputException(
          "the class order \""
              + text
              + "\" names "
              + order.size()
              + " classes, but the data set has "
              + classes
              + "; name every class once");
    }
    return new ClassOrder(order);
  }
}
