package org.raphe.datasets;

import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;

/**
 * Splits samples that come without test samples of their own: of every class each fifth sample, in
 * the file's order, is tested, and the last one where a class has fewer than five.
 */
final class ClassSplit {
  private static final int EVERY = 5;

  private ClassSplit() {}

  /**
   * Splits.
   *
   * @throws InputException if a class has fewer than 2 samples
   */
  static Dataset of(String name, Samples all, ClassNames classNames) {
    int[] total = new int[all.classes()];
    for (int sample = 0; sample < all.size(); sample++) {
      total[all.label(sample)]++;
    }
    for (int label = 0; label < total.length; label++) {
      if (total[label] < 2) {
        throw new InputException(
            name
                + ": class "
                + classNames.name(label)
                + " has "
                + total[label]
                + " sample(s); at least 2 are needed, one to learn from and one to test");
      }
    }
    boolean[] tested = tested(all, total);
    return new Dataset(
        name,
        part(name + "/train", all, tested, false),
        part(name + "/test", all, tested, true),
        classNames);
  }

  private static boolean[] tested(Samples all, int[] total) {
    boolean[] tested = new boolean[all.size()];
    int[] seen = new int[total.length];
    for (int sample = 0; sample < tested.length; sample++) {
      int label = all.label(sample);
      seen[label]++;
      tested[sample] =
          seen[label] % EVERY == 0 || (total[label] < EVERY && seen[label] == total[label]);
    }
    return tested;
  }

  private static Samples part(String name, Samples all, boolean[] tested, boolean wanted) {
    int[] indices =
        IntStream.range(0, tested.length).filter(sample -> tested[sample] == wanted).toArray();
    return all.subset(name, indices);
  }
}
