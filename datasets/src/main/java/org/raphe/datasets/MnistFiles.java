package org.raphe.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * The four IDX files of a data set in MNIST's form, wherever they come from: grey images of 28 x 28
 * and labels 0..9, for training and for testing.
 */
interface MnistFiles {
  String TRAIN_IMAGES = "train-images-idx3-ubyte";
  String TRAIN_LABELS = "train-labels-idx1-ubyte";
  String TEST_IMAGES = "t10k-images-idx3-ubyte";
  String TEST_LABELS = "t10k-labels-idx1-ubyte";
  List<String> NAMES = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

  InputShape SHAPE = new InputShape(28, 28, 1);
  int CLASSES = 10;

  /** What messages call a file. */
  String source(String file);

  /** Opens a file, uncompressed; the caller closes it. */
  InputStream open(String file) throws IOException;

  /**
   * Reads all four files.
   *
   * @throws InputException if one cannot be read, is not intact IDX, is of another shape, or if
   *     images and labels differ in number
   */
  default Dataset read(String name) {
    return new Dataset(
        name,
        samples(name + "/train", TRAIN_IMAGES, TRAIN_LABELS),
        samples(name + "/test", TEST_IMAGES, TEST_LABELS));
  }

  private Samples samples(String name, String imagesFile, String labelsFile) {
    IdxImages images = parse(imagesFile, in -> IdxReader.readImages(source(imagesFile), in));
    if (images.rows() != SHAPE.rows() || images.columns() != SHAPE.columns()) {
      throw new InputException(
          source(imagesFile)
              + ": offset 8, image size: expected "
              + SHAPE.rows()
              + " x "
              + SHAPE.columns()
              + ", found "
              + images.rows()
              + " x "
              + images.columns()
              + "; give files in MNIST's form");
    }
    int[] labels = parse(labelsFile, in -> IdxReader.readLabels(source(labelsFile), in, CLASSES));
    if (labels.length != images.count()) {
      throw new InputException(
          source(labelsFile)
              + ": offset 4, number of labels: expected "
              + images.count()
              + " as in "
              + source(imagesFile)
              + ", found "
              + labels.length
              + "; give files that belong together");
    }
    return Samples.ofPixels(name, SHAPE, CLASSES, images.pixels(), labels);
  }

  private <T> T parse(String file, Parser<T> parser) {
    try (InputStream in = open(file)) {
      return parser.parse(in);
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + source(file) + ": " + IoFailure.reason(e) + "; give a readable file", e);
    }
  }

  /** Reads one open file. */
  interface Parser<T> {
    T parse(InputStream in);
  }
}
