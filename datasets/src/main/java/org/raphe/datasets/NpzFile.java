package org.raphe.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * Reads NumPy's {@code .npz}: arrays {@code features}, N samples first, and {@code labels}, N whole
 * numbers from 0 or texts; with {@code test_features} and {@code test_labels} beside them, or split
 * by {@link ClassSplit}. Features of type uint8 are pixels (byte / 255), other numbers are taken as
 * they are and truth values as 0 and 1; of 2 dimensions they are vectors, of 3 grey images, of 4
 * images with channels last.
 *
 * <p>A file is untrusted: an array that stands in it twice, or whose bytes do not have the checksum
 * that is written beside them, is refused.
 */
final class NpzFile {
  /** Most features of an array. */
  private static final int MAX_FEATURES = 1 << 28;

  private final Path path;
  private final ZipFile zip;

  private NpzFile(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if an array is missing, damaged, too large or of another type or shape
   */
  static Dataset read(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return new NpzFile(path, zip).dataset();
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + path + ": " + IoFailure.reason(e) + "; give an intact .npz file", e);
    }
  }

  /**
   * Reads samples to be shown to a model; {@code labels} may be missing.
   *
   * @throws InputException as {@link #read}
   */
  static SamplesToPredict toPredict(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return new NpzFile(path, zip).samplesToPredict();
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + path + ": " + IoFailure.reason(e) + "; give an intact .npz file", e);
    }
  }

  private SamplesToPredict samplesToPredict() throws IOException {
    String name = path.getFileName().toString();
    boolean tests = zip.getEntry("test_features.npy") != null;
    NpyArray features = required(tests ? "test_features" : "features");
    NpyArray labels = array(tests ? "test_labels" : "labels");
    if (labels == null) {
      int[] none = new int[features.dimension(0)];
      Samples all = samples(name, features, SamplesToPredict.LEAST_CLASSES, none);
      return new SamplesToPredict(name, all, null, List.of());
    }
    ClassNames classes = classNames(labels);
    int most = Math.max(SamplesToPredict.LEAST_CLASSES, classes.size());
    return new SamplesToPredict(
        name, samples(name, features, labels, classes, most), classes, List.of());
  }

  private Dataset dataset() throws IOException {
    String name = path.getFileName().toString();
    NpyArray trainFeatures = required("features");
    NpyArray trainLabels = required("labels");
    NpyArray testFeatures = array("test_features");
    NpyArray testLabels = array("test_labels");
    if ((testFeatures == null) != (testLabels == null)) {
      throw new InputException(
          path + ": test_features and test_labels come together; one of them is missing");
    }
    ClassNames classes = classNames(trainLabels, testLabels);
    if (testFeatures == null) {
      return ClassSplit.of(
          name, samples(name, trainFeatures, trainLabels, classes, classes.size()), classes);
    }
    return new Dataset(
        name,
        samples(name + "/train", trainFeatures, trainLabels, classes, classes.size()),
        samples(name + "/test", testFeatures, testLabels, classes, classes.size()),
        classes);
  }

  private NpyArray required(String array) throws IOException {
    NpyArray found = array(array);
    if (found == null) {
      throw new InputException(
          path
              + " holds no array \""
              + array
              + "\"; save it with np.savez(..., features=, labels=)");
    }
    return found;
  }

  private NpyArray array(String array) throws IOException {
    String name = array + ".npy";
    List<? extends ZipEntry> entries =
        zip.stream().filter(entry -> entry.getName().equals(name)).toList();
    if (entries.size() > 1) {
      throw new InputException(path + " holds the array \"" + array + "\" more than once");
    }
    if (entries.isEmpty()) {
      return null;
    }
    CRC32 check = new CRC32();
    NpyArray read;
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entries.get(0)), check)) {
      read = NpyArray.read(path + ", " + array, in, MAX_FEATURES);
    }
    if (check.getValue() != entries.get(0).getCrc()) {
      throw new InputException(
          path
              + ", "
              + array
              + ": it is damaged: its bytes do not have the checksum written with it");
    }
    return read;
  }

  /** What labels are called: as their texts, or 0..K-1, of which the largest decides K. */
  private ClassNames classNames(NpyArray... parts) {
    List<String> texts = new ArrayList<>();
    int largest = -1;
    for (NpyArray labels : parts) {
      if (labels != null && labels.isText()) {
        texts.addAll(labels.texts());
      } else if (labels != null) {
        largest =
            Math.max(largest, IntStream.of(labels.wholeNumbers(MAX_CLASSES - 1)).max().orElse(0));
      }
    }
    if (!texts.isEmpty() && largest >= 0) {
      throw new InputException(
          path + ": labels and test_labels must both be texts, or both whole numbers");
    }
    return texts.isEmpty() ? ClassNames.numbered(largest + 1) : ClassNames.of(texts);
  }

  private static int[] numbers(NpyArray labels, ClassNames names) {
    return labels.isText() ? names.numbers(labels.texts()) : labels.wholeNumbers(names.size() - 1);
  }

  /** More classes than any data set of images has. */
  private static final int MAX_CLASSES = 1 << 16;

  private static Samples samples(
      String name, NpyArray features, NpyArray labels, ClassNames names, int classes) {
    shape(features);
    if (features.dimension(0) != labels.dimension(0)) {
      throw new InputException(
          features.source()
              + ": "
              + features.dimension(0)
              + " samples, but "
              + labels.dimension(0)
              + " labels");
    }
    return samples(name, features, classes, numbers(labels, names));
  }

  private static Samples samples(String name, NpyArray features, int classes, int[] numbers) {
    InputShape shape = shape(features);
    return features.isBytes()
        ? Samples.ofPixels(name, shape, classes, features.bytes(), numbers)
        : Samples.ofFeatures(name, shape, classes, features.floats(), numbers);
  }

  private static InputShape shape(NpyArray features) {
    return switch (features.dimensions()) {
      case 2 -> InputShape.vector(features.dimension(1));
      case 3 -> new InputShape(features.dimension(1), features.dimension(2), 1);
      case 4 -> new InputShape(features.dimension(1), features.dimension(2), features.dimension(3));
      default ->
          throw new InputException(
              features.source()
                  + ": "
                  + features.dimensions()
                  + " dimension(s); 2 (vectors), 3 (grey images) or 4 (channels last) are read");
    };
  }
}
