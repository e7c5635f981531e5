package org.raphe.data;

import org.raphe.InputException;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/** Replaces labels of training samples, so that what is given is wrong at times. */
public final class LabelNoise {
  private LabelNoise() {}

  /**
   * A data set in whose training samples each label is, with probability {@code share}, replaced by
   * one drawn evenly from all classes, which may be the true one. Test samples keep theirs.
   *
   * @param share in [0, 1]
   * @param seed of the draws, sequence (LABEL_NOISE, sample 0): for each sample u, then a number
   *     below K, which takes the label's place where u &lt; share
   * @throws InputException if the share is out of its range
   */
  public static Dataset of(Dataset dataset, double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new InputException("the share of noisy labels lies in [0, 1], not at " + share);
    }
    Samples train = dataset.train();
    UniformSequence uniform = new UniformSequence(seed, RandomStream.LABEL_NOISE.number(0), 0);
    int[] labels = new int[train.size()];
    for (int sample = 0; sample < labels.length; sample++) {
      float u = uniform.nextUniform();
      int other = uniform.nextBelow(train.classes());
      labels[sample] = u < share ? other : train.label(sample);
    }
    return dataset.withSamples(train.withLabels(labels), dataset.test());
  }
}
