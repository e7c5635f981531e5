package org.raphe.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * Features shifted and divided by numbers that were fitted to training samples: {@code x = (X -
 * offset) / span}, in double, rounded once to float32. Vectors have an offset and a span for each
 * feature; the positions of an image, whose shape has rows or channels, share one of each.
 *
 * <ul>
 *   <li>{@link Kind#MINMAX}: offset is the least value of a feature and span the largest less the
 *       least, so that training samples lie in 0..1
 *   <li>{@link Kind#STANDARDISE}: offset is the mean and span the deviation (of N, not N - 1), so
 *       that training samples have mean 0 and deviation 1; two passes in double, samples ascending
 * </ul>
 *
 * <p>A feature that never changes has span 1: it is 0 wherever it is as it was. Samples that were
 * not fitted to are not cut off: they may lie outside of what training samples fill.
 */
public final class FittedScaling implements FeatureScaling {
  private static final String OFFSET = "offset";
  private static final String SPAN = "span";

  /** What is fitted. */
  public enum Kind {
    /** The range. */
    MINMAX,
    /** Mean and deviation. */
    STANDARDISE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final float[] offsets;
  private final float[] spans;

  private FittedScaling(Kind kind, float[] offsets, float[] spans) {
    this.kind = kind;
    this.offsets = offsets;
    this.spans = spans;
  }

  /**
   * Fits to samples and to no others.
   *
   * @throws InputException if a feature spreads over more than float32 holds
   */
  public static FittedScaling of(Kind kind, Samples samples) {
    int fitted = samples.isImage() ? 1 : samples.shape().size();
    double[] offsets = new double[fitted];
    double[] spans = new double[fitted];
    if (kind == Kind.MINMAX) {
      ranges(samples, offsets, spans);
    } else {
      deviations(samples, offsets, spans);
    }
    float[] roundedOffsets = new float[fitted];
    float[] roundedSpans = new float[fitted];
    for (int k = 0; k < fitted; k++) {
      roundedOffsets[k] = (float) offsets[k];
      roundedSpans[k] = (float) spans[k] > 0 ? (float) spans[k] : 1f;
      if (!Float.isFinite(roundedSpans[k])) {
        throw new InputException(
            samples.name() + ": feature " + k + " spreads over more than float32 holds; divide it");
      }
    }
    return new FittedScaling(kind, roundedOffsets, roundedSpans);
  }

  private static void ranges(Samples samples, double[] least, double[] spans) {
    double[] largest = new double[least.length];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    eachFeature(
        samples,
        least.length,
        (k, value) -> {
          least[k] = Math.min(least[k], value);
          largest[k] = Math.max(largest[k], value);
        });
    for (int k = 0; k < spans.length; k++) {
      spans[k] = largest[k] - least[k];
    }
  }

  private static void deviations(Samples samples, double[] means, double[] spans) {
    double count = (double) samples.size() * samples.shape().size() / means.length;
    eachFeature(samples, means.length, (k, value) -> means[k] += value);
    for (int k = 0; k < means.length; k++) {
      means[k] /= count;
    }
    boolean[] changes = new boolean[means.length];
    float[] first = new float[samples.shape().size()];
    samples.copyFeatures(0, first, 0);
    eachFeature(
        samples,
        means.length,
        (k, value) -> {
          changes[k] |= value != first[k];
          spans[k] += (value - means[k]) * (value - means[k]);
        });
    for (int k = 0; k < spans.length; k++) {
      // The mean of equal values may miss them by a rounding, which is no deviation.
      spans[k] = changes[k] ? StrictMath.sqrt(spans[k] / count) : 0;
    }
  }

  private interface Feature {
    void take(int fitted, double value);
  }

  private static void eachFeature(Samples samples, int fitted, Feature each) {
    float[] row = new float[samples.shape().size()];
    for (int sample = 0; sample < samples.size(); sample++) {
      samples.copyFeatures(sample, row, 0);
      for (int k = 0; k < row.length; k++) {
        each.take(fitted == 1 ? 0 : k, row[k]);
      }
    }
  }

  /** What was fitted. */
  public Kind kind() {
    return kind;
  }

  /** How many offsets and spans there are: the features of a vector, or 1. */
  public int fitted() {
    return offsets.length;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if samples have another number of features, or one lies so far outside
   *     that it is no finite number any more
   */
  @Override
  public Samples apply(Samples samples) {
    if (offsets.length > 1 && samples.shape().size() != offsets.length) {
      throw new InputException(
          samples.name()
              + " has "
              + samples.shape().size()
              + " features, but features were fitted ("
              + kind
              + ") for "
              + offsets.length);
    }
    return samples.changed(this::scale);
  }

  private void scale(float[] features) {
    for (int k = 0; k < features.length; k++) {
      int at = offsets.length == 1 ? 0 : k;
      features[k] = (float) (((double) features[k] - offsets[at]) / spans[at]);
    }
  }

  /** {@code offset} [n] and {@code span} [n]. */
  @Override
  public NamedTensors fittedValues() {
    List<Integer> shape = List.of(offsets.length);
    Map<String, Tensor> values = new LinkedHashMap<>();
    values.put(OFFSET, new Tensor(shape, offsets.clone()));
    values.put(SPAN, new Tensor(shape, spans.clone()));
    return new NamedTensors(values);
  }

  /**
   * What {@link #fittedValues} gave.
   *
   * @throws InputException if it is none of this kind
   */
  static FittedScaling read(Kind kind, NamedTensors values) {
    if (!values.tensors().keySet().equals(Set.of(OFFSET, SPAN))) {
      throw new InputException(
          kind + " features need an offset and a span, not " + values.tensors().keySet());
    }
    float[] offsets = values.values(OFFSET);
    float[] spans = values.values(SPAN);
    boolean usable = offsets.length == spans.length && offsets.length > 0;
    for (int k = 0; usable && k < offsets.length; k++) {
      usable = Float.isFinite(offsets[k]) && spans[k] > 0 && Float.isFinite(spans[k]);
    }
    if (!usable) {
      throw new InputException(
          kind + " features need as many finite offsets as spans, and spans above 0");
    }
    return new FittedScaling(kind, offsets.clone(), spans.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FittedScaling scaling
        && kind == scaling.kind
        && Arrays.equals(offsets, scaling.offsets)
        && Arrays.equals(spans, scaling.spans);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(spans);
  }

  @Override
  public String toString() {
    return kind.toString();
  }
}
