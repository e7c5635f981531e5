package org.raphe.datasets;

import java.util.List;
import org.raphe.data.ClassNames;
import org.raphe.data.Samples;

/**
 * Samples to be shown to a model, with labels or without.
 *
 * @param name what messages call them
 * @param samples their features; all labels are 0 where none are known
 * @param classNames what the labels are called; null where no labels are known
 * @param sources where each sample comes from, such as a file's name or {@code line 3}
 */
public record SamplesToPredict(
    String name, Samples samples, ClassNames classNames, List<String> sources) {
  /** Classes that samples without labels, or of one class alone, are said to have. */
  static final int LEAST_CLASSES = 2;

  public SamplesToPredict {
    sources = List.copyOf(sources);
  }

  /** Whether labels are known. */
  public boolean isLabelled() {
    return classNames != null;
  }
}
