package org.raphe.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.Sha256;
import org.raphe.network.InputShape;

/**
 * Labelled samples held in memory: N rows of {@code shape.size()} features and one label each.
 * Immutable; the arrays given to a factory belong to the instance afterwards and must not be
 * written to.
 *
 * <p>Images stay bytes (feature = byte / 255), which is a quarter of the memory; other features are
 * float32. Features are finite and labels lie in 0..classes-1: both are checked once, here, and
 * nowhere after.
 */
public final class Samples {
  private final String name;
  private final InputShape shape;
  private final int classes;
  private final byte[] pixels;
  private final float[] features;
  private final int[] labels;

  private Samples(
      String name, InputShape shape, int classes, byte[] pixels, float[] features, int[] labels) {
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.features = features;
    this.labels = labels;
    checkLabels();
  }

  /**
   * Images of unsigned bytes, feature = byte / 255 in float32.
   *
   * @param name what messages call these samples, such as {@code mnist/train}
   * @param shape shape of a sample
   * @param classes K, at least 2
   * @param pixels N x shape.size() unsigned bytes, sample by sample
   * @param labels N labels in 0..K-1
   * @throws InputException if sizes disagree or a label is out of range
   */
  public static Samples ofPixels(
      String name, InputShape shape, int classes, byte[] pixels, int[] labels) {
    checkSizes(name, shape, classes, pixels.length, labels.length);
    return new Samples(name, shape, classes, pixels, null, labels);
  }

  /**
   * Float features.
   *
   * @param name what messages call these samples
   * @param shape shape of a sample
   * @param classes K, at least 2
   * @param features N x shape.size() finite values, sample by sample
   * @param labels N labels in 0..K-1
   * @throws InputException if sizes disagree, a label is out of range or a feature is NaN or
   *     infinite
   */
  public static Samples ofFeatures(
      String name, InputShape shape, int classes, float[] features, int[] labels) {
    checkSizes(name, shape, classes, features.length, labels.length);
    for (int k = 0; k < features.length; k++) {
      if (!Float.isFinite(features[k])) {
        throw new InputException(
            name
                + ": feature "
                + k % shape.size()
                + " of sample "
                + k / shape.size()
                + " is "
                + features[k]
                + "; every feature must be a finite number");
      }
    }
    return new Samples(name, shape, classes, null, features, labels);
  }

  private static void checkSizes(
      String name, InputShape shape, int classes, int values, int labels) {
    if (classes < 2) {
      throw new InputException(name + ": " + classes + " class(es); at least 2 are needed");
    }
    if (labels == 0) {
      throw new InputException(name + ": holds no sample");
    }
    if ((long) labels * shape.size() != values) {
      throw new InputException(
          name
              + ": "
              + labels
              + " labels of shape "
              + shape
              + " need "
              + (long) labels * shape.size()
              + " features, but "
              + values
              + " are there");
    }
  }

  private void checkLabels() {
    for (int k = 0; k < labels.length; k++) {
      if (labels[k] < 0 || labels[k] >= classes) {
        throw new InputException(
            name + ": label of sample " + k + " is " + labels[k] + ", outside 0.." + (classes - 1));
      }
    }
  }

  public String name() {
    return name;
  }

  public InputShape shape() {
    return shape;
  }

  /** K, the number of classes. */
  public int classes() {
    return classes;
  }

  /** N, the number of samples. */
  public int size() {
    return labels.length;
  }

  public int label(int sample) {
    return labels[sample];
  }

  /** Indices of the samples of a class, ascending. */
  public int[] indicesOf(int label) {
    return IntStream.range(0, size()).filter(sample -> labels[sample] == label).toArray();
  }

  /** Whether features are bytes / 255. */
  public boolean hasPixels() {
    return pixels != null;
  }

  /** Whether features have places beside one another rather than a meaning each. */
  public boolean isImage() {
    return shape.rows() > 1 || shape.channels() > 1;
  }

  /**
   * The unsigned bytes, N x shape.size(), not a copy.
   *
   * @throws IllegalStateException if {@link #hasPixels()} is false
   */
  public byte[] pixels() {
    if (pixels == null) {
      throw new IllegalStateException(name + " holds float features, not pixels");
    }
    return pixels;
  }

  /** Feature {@code input} of sample {@code sample}, in float32. */
  public float feature(int sample, int input) {
    long at = (long) sample * shape.size() + input;
    return pixels != null ? (pixels[(int) at] & 0xff) / 255f : features[(int) at];
  }

  /** The features of one sample, a copy. */
  public float[] features(int sample) {
    float[] copy = new float[shape.size()];
    copyFeatures(sample, copy, 0);
    return copy;
  }

  /** Copies the features of one sample to {@code target[offset ...]}. */
  public void copyFeatures(int sample, float[] target, int offset) {
    int width = shape.size();
    if (features != null) {
      System.arraycopy(features, sample * width, target, offset, width);
      return;
    }
    for (int input = 0; input < width; input++) {
      target[offset + input] = (pixels[sample * width + input] & 0xff) / 255f;
    }
  }

  /**
   * The samples at {@code indices}, in that order, copied.
   *
   * @param subsetName what messages call the result
   */
  public Samples subset(String subsetName, int[] indices) {
    if (indices.length == 0) {
      throw new InputException(subsetName + ": holds no sample");
    }
    int width = shape.size();
    int[] chosen = new int[indices.length];
    byte[] chosenPixels =
        pixels == null ? null : new byte[Math.multiplyExact(indices.length, width)];
    float[] chosenFeatures =
        features == null ? null : new float[Math.multiplyExact(indices.length, width)];
    for (int k = 0; k < indices.length; k++) {
      chosen[k] = labels[indices[k]];
      if (pixels != null) {
        System.arraycopy(pixels, indices[k] * width, chosenPixels, k * width, width);
      } else {
        System.arraycopy(features, indices[k] * width, chosenFeatures, k * width, width);
      }
    }
    return new Samples(subsetName, shape, classes, chosenPixels, chosenFeatures, chosen);
  }

  /**
   * The same samples with their features in another order.
   *
   * @param order input i becomes what was input {@code order[i]}: a permutation of all inputs
   */
  public Samples permuted(int[] order) {
    int width = shape.size();
    if (order.length != width) {
      throw new IllegalArgumentException(order.length + " places for " + width + " features");
    }
    byte[] movedPixels = pixels == null ? null : new byte[pixels.length];
    float[] movedFeatures = features == null ? null : new float[features.length];
    for (int from = 0; from < size() * width; from += width) {
      for (int input = 0; input < width; input++) {
        if (pixels != null) {
          movedPixels[from + input] = pixels[from + order[input]];
        } else {
          movedFeatures[from + input] = features[from + order[input]];
        }
      }
    }
    return new Samples(name, shape, classes, movedPixels, movedFeatures, labels);
  }

  /**
   * The same samples under other numbers of classes; features are shared, not copied.
   *
   * @param numbers the new number of each class
   * @param classCount how many classes there are then
   */
  public Samples relabelled(int[] numbers, int classCount) {
    int[] changed = IntStream.of(labels).map(label -> numbers[label]).toArray();
    return new Samples(name, shape, classCount, pixels, features, changed);
  }

  /**
   * The same samples with other labels; features are shared, not copied.
   *
   * @param others N labels in 0..classes-1
   * @throws InputException if they are not as many, or one is out of range
   */
  public Samples withLabels(int[] others) {
    if (others.length != size()) {
      throw new InputException(
          name + ": " + others.length + " labels are not those of " + size() + " samples");
    }
    return new Samples(name, shape, classes, pixels, features, others.clone());
  }

  /** The first {@code count} samples; this instance if it has no more than that. */
  public Samples first(int count) {
    if (count >= size()) {
      return this;
    }
    int[] indices = new int[count];
    for (int k = 0; k < count; k++) {
      indices[k] = k;
    }
    return subset(name, indices);
  }

  /** Adds shape, labels and features, little endian, to a digest. */
  public void addTo(MessageDigest digest) {
    ByteBuffer numbers = ByteBuffer.allocate(20 + 4 * labels.length).order(ByteOrder.LITTLE_ENDIAN);
    numbers.putInt(shape.rows()).putInt(shape.columns()).putInt(shape.channels());
    numbers.putInt(classes).putInt(labels.length);
    for (int label : labels) {
      numbers.putInt(label);
    }
    digest.update(numbers.array());
    if (pixels != null) {
      digest.update(pixels);
      return;
    }
    int width = shape.size();
    ByteBuffer row = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample = 0; sample < size(); sample++) {
      row.clear();
      row.asFloatBuffer().put(features, sample * width, width);
      digest.update(row.array());
    }
  }

  /** SHA-256, in hexadecimal, of shape, labels and features. */
  public String sha256() {
    MessageDigest digest = Sha256.newDigest();
    addTo(digest);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** These samples with every sample's features changed, each sample by itself. */
  Samples changed(Consumer<float[]> change) {
    int width = shape().size();
    float[] features = new float[Math.multiplyExact(width, size())];
    int[] labels = new int[size()];
    float[] row = new float[width];
    for (int sample = 0; sample < size(); sample++) {
      copyFeatures(sample, row, 0);
      change.accept(row);
      System.arraycopy(row, 0, features, sample * width, width);
      labels[sample] = label(sample);
    }
    return ofFeatures(name(), shape(), classes(), features, labels);
  }
}
