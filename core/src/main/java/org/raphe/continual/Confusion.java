package org.raphe.continual;

import java.util.Arrays;

/**
 * Which class samples of each class were taken for. Beyond {@link #MOST_CLASSES} classes the table
 * of all pairs is not kept, but what each class comes to is.
 */
public final class Confusion {
  /** Most classes of which all pairs are counted. */
  public static final int MOST_CLASSES = 1000;

  private final long[] samples;
  private final long[] hits;
  private final long[][] counts;

  /** Of no sample yet. */
  public Confusion(int classes) {
    samples = new long[classes];
    hits = new long[classes];
    counts = classes > MOST_CLASSES ? null : new long[classes][classes];
  }

  /** Counts a sample of class {@code label} that was taken for {@code predicted}. */
  public void add(int label, int predicted) {
    samples[label]++;
    hits[label] += label == predicted ? 1 : 0;
    if (counts != null) {
      counts[label][predicted]++;
    }
  }

  /** K, the number of classes. */
  public int classes() {
    return samples.length;
  }

  /** Samples of all classes. */
  public long samples() {
    return Arrays.stream(samples).sum();
  }

  /** Samples of all classes that were classified correctly. */
  public long hits() {
    return Arrays.stream(hits).sum();
  }

  /** Share of all samples that were classified correctly; null where there was none. */
  public Double accuracy() {
    return share(hits(), samples());
  }

  /** Samples of a class. */
  public long samples(int label) {
    return samples[label];
  }

  /** Share of a class's samples that were classified correctly; null where there was none. */
  public Double accuracy(int label) {
    return share(hits[label], samples[label]);
  }

  private static Double share(long hits, long samples) {
    return samples == 0 ? null : (Double) ((double) hits / samples);
  }

  /** Whether all pairs are counted. */
  public boolean hasCounts() {
    return counts != null;
  }

  /**
   * Samples of class {@code label} that were taken for {@code predicted}.
   *
   * @throws IllegalStateException if pairs are not counted
   */
  public long count(int label, int predicted) {
    if (counts == null) {
      throw new IllegalStateException("pairs of " + samples.length + " classes are not counted");
    }
    return counts[label][predicted];
  }
}
