package org.raphe.datasets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.BatchSampler;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.SequenceSampler;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.raphe.InputException;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * Copies a data set of Deep Java Library into {@link Samples}. Unlike the rest of this package it
 * needs one of DJL's native engines, because DJL's data sets hold NDArrays.
 */
public final class DjlSamples {
  private static final int BATCH = 256;

  private final String name;
  private final InputShape shape;
  private final int size;
  private final int[] labels;
  private byte[] pixels;
  private float[] features;
  private int copied;

  private DjlSamples(String name, InputShape shape, int size) {
    this.name = name;
    this.shape = shape;
    this.size = size;
    labels = new int[size];
  }

  /**
   * Copies every sample, in the data set's own order, after its transforms. A sample is one array
   * of shape.size() values, which keep DJL's order (channels come first after {@code ToTensor}),
   * and one label that is a whole number. Unsigned bytes stay pixels (feature = byte / 255);
   * float32 stays as it is.
   *
   * @param dataset any DJL data set; it is prepared if it was not, which may read its files
   * @param manager owner of the arrays of one batch at a time; it stays the caller's
   * @param name what messages call the samples
   * @param shape shape of a sample
   * @param classes K, labels lie in 0..K-1
   * @throws InputException if the data set cannot be read, or holds something other than the above
   */
  public static Samples copyOf(
      RandomAccessDataset dataset, NDManager manager, String name, InputShape shape, int classes) {
    DjlNetwork.deny();
    try {
      dataset.prepare();
      var copy = new DjlSamples(name, shape, checkedSize(dataset.size(), name, shape));
      var inOrder = new BatchSampler(new SequenceSampler(), BATCH, false);
      for (Batch batch : dataset.getData(manager, inOrder)) {
        try (batch) {
          copy.add(batch);
        }
      }
      return copy.samples(classes);
    } catch (IOException | TranslateException | IllegalStateException e) {
      throw new InputException(
          "cannot read DJL's data set " + name + ": " + e.getMessage() + "; check its files", e);
    }
  }

  private static int checkedSize(long samples, String name, InputShape shape) {
    if (samples < 1 || samples > Integer.MAX_VALUE / shape.size()) {
      throw new InputException(
          "cannot copy DJL's data set "
              + name
              + ": "
              + samples
              + " samples of shape "
              + shape
              + "; at least 1 and at most "
              + Integer.MAX_VALUE / shape.size()
              + " fit in memory");
    }
    return (int) samples;
  }

  private void add(Batch batch) {
    NDArray data = only(batch.getData(), "array of features");
    NDArray label = only(batch.getLabels(), "label");
    int count = batch.getSize();
    long expected = (long) count * shape.size();
    if (copied + count > size || data.size() != expected || label.size() != count) {
      throw fault(
          count + " samples of shape " + data.getShape() + " with labels " + label.getShape());
    }
    addFeatures(data, count);
    addLabels(label);
    copied += count;
  }

  private NDArray only(NDList list, String what) {
    if (list.size() != 1) {
      throw fault(list.size() + " arrays where a sample has one " + what);
    }
    return list.singletonOrThrow();
  }

  private void addFeatures(NDArray data, int count) {
    int width = shape.size();
    if (data.getDataType() == DataType.UINT8 && features == null) {
      pixels = pixels == null ? new byte[size * width] : pixels;
      ByteBuffer bytes = data.toByteBuffer();
      bytes.get(pixels, copied * width, count * width);
    } else if (data.getDataType() == DataType.FLOAT32 && pixels == null) {
      features = features == null ? new float[size * width] : features;
      System.arraycopy(data.toFloatArray(), 0, features, copied * width, count * width);
    } else {
      throw fault("features of type " + data.getDataType());
    }
  }

  private void addLabels(NDArray label) {
    Number[] values = label.toArray();
    for (int k = 0; k < values.length; k++) {
      double value = values[k].doubleValue();
      labels[copied + k] = (int) value;
      if (labels[copied + k] != value) {
        throw fault("label " + value + " of sample " + (copied + k));
      }
    }
  }

  private Samples samples(int classes) {
    if (copied != size) {
      throw fault(copied + " samples where it promised " + size);
    }
    return pixels != null
        ? Samples.ofPixels(name, shape, classes, pixels, labels)
        : Samples.ofFeatures(name, shape, classes, features, labels);
  }

  private InputException fault(String found) {
    return new InputException(
        "cannot copy DJL's data set "
            + name
            + ": it holds "
            + found
            + "; needed are float32 or uint8 features of shape "
            + shape
            + " and one whole-number label a sample");
  }
}
