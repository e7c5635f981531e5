package org.raphe.datasets;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a folder with a sub-folder of images for each class, named as the class; or with such
 * folders below {@code train} and {@code test}. Images are what javax.imageio reads (PNG, JPEG,
 * BMP, GIF, TIFF), and are brought to one size and to grey or RGB as {@link ImageFormat} says, by
 * {@link ImagePixels}. Files are taken in the order of their names; those that are no images, and
 * names that begin with a dot, are passed over, which is said once with their number.
 *
 * <p>Files are untrusted: an image's size is checked before it is decoded.
 */
final class ImageFolder {
  private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);
  private static final String NAMED_AS_IMAGE = ".*\\.(png|jpe?g|bmp|gif|tiff?|webp|avif|heic|jp2)";

  /** Most bytes of all images: 1 GiB. */
  private static final long MAX_BYTES = 1L << 30;

  private final ImageFormat format;
  private final List<ImagePixels> images = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private int passedOver;
  private Path firstPassedOver;
  private long bytes;

  private ImageFolder(ImageFormat format) {
    this.format = format;
  }

  /**
   * Reads a folder; without {@code train} and {@code test} it is split by {@link ClassSplit}.
   *
   * @throws InputException if there is no class, or an image cannot be used
   */
  static Dataset read(Path folder, ImageFormat format) {
    ImageIO.setUseCache(false);
    String name = nameOf(folder);
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (Files.isDirectory(train) && Files.isDirectory(test)) {
      ImageFolder both = new ImageFolder(format);
      both.addClasses(train);
      int trained = both.labels.size();
      both.addClasses(test);
      Samples all = both.samples(folder, name);
      return new Dataset(
          name,
          all.subset(name + "/train", range(0, trained)),
          all.subset(name + "/test", range(trained, all.size())),
          ClassNames.of(both.labels));
    }
    ImageFolder all = new ImageFolder(format);
    all.addClasses(folder);
    return ClassSplit.of(name, all.samples(folder, name), ClassNames.of(all.labels));
  }

  /**
   * Reads images to be shown to a model: those of the sub-folders, which are classes, of {@code
   * test} where the folder has one beside {@code train}; or, in a folder without sub-folders, its
   * own, whose classes are not known.
   *
   * @throws InputException if there is no image, or one cannot be used
   */
  static SamplesToPredict toPredict(Path folder, ImageFormat format) {
    ImageIO.setUseCache(false);
    Path test = folder.resolve("test");
    boolean split = Files.isDirectory(folder.resolve("train")) && Files.isDirectory(test);
    Path taken = split ? test : folder;
    ImageFolder all = new ImageFolder(format);
    if (entries(taken).stream().anyMatch(Files::isDirectory)) {
      all.addClasses(taken);
    } else {
      entries(taken).forEach(all::add);
    }
    return all.samplesToPredict(folder, taken);
  }

  /**
   * Reads one image, whose class is not known, to be shown to a model.
   *
   * @throws InputException if it cannot be used
   */
  static SamplesToPredict oneToPredict(Path image, ImageFormat format) {
    ImageIO.setUseCache(false);
    ImageFolder all = new ImageFolder(format);
    all.add(image);
    return all.samplesToPredict(image, image.toAbsolutePath().getParent());
  }

  private static String nameOf(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "images" : last.toString();
  }

  /** Takes an image; false if the file is none. */
  private boolean add(Path image) {
    ImagePixels read = pixels(image);
    if (read == null) {
      passedOver++;
      firstPassedOver = firstPassedOver == null ? image : firstPassedOver;
      return false;
    }
    bytes += read.values().length;
    if (bytes > MAX_BYTES) {
      throw fault(image, "with it the images have more than 1 GiB of pixels; give fewer");
    }
    images.add(read);
    files.add(image);
    return true;
  }

  private SamplesToPredict samplesToPredict(Path given, Path folder) {
    String name = nameOf(given);
    if (images.isEmpty()) {
      throw new InputException("cannot read images from " + given + ": it holds none");
    }
    ClassNames classes = labels.isEmpty() ? null : ClassNames.of(labels);
    int least = SamplesToPredict.LEAST_CLASSES;
    Samples all =
        classes == null
            ? samples(given, name, least, new int[images.size()])
            : samples(given, name, Math.max(least, classes.size()), classes.numbers(labels));
    Path base = folder.toAbsolutePath();
    List<String> sources =
        files.stream().map(file -> base.relativize(file.toAbsolutePath()).toString()).toList();
    return new SamplesToPredict(name, all, classes, sources);
  }

  private static int[] range(int from, int to) {
    int[] indices = new int[to - from];
    Arrays.setAll(indices, k -> from + k);
    return indices;
  }

  private void addClasses(Path folder) {
    for (Path ofOneClass : entries(folder)) {
      if (Files.isDirectory(ofOneClass)) {
        for (Path image : entries(ofOneClass)) {
          if (add(image)) {
            labels.add(ofOneClass.getFileName().toString());
          }
        }
      }
    }
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException("cannot list " + folder + ": " + IoFailure.reason(e), e);
    }
  }

  private Samples samples(Path folder, String name) {
    ClassNames classes = ClassNames.of(labels);
    return samples(folder, name, classes.size(), classes.numbers(labels));
  }

  private Samples samples(Path folder, String name, int classes, int[] numbers) {
    if (images.isEmpty()) {
      throw new InputException(
          "cannot read images from "
              + folder
              + ": no sub-folder holds an image; make one sub-folder a class");
    }
    InputShape shape = shape();
    if ((long) shape.size() * images.size() > MAX_BYTES) {
      throw new InputException(
          folder + ": its images have more than 1 GiB of pixels at " + shape + "; give fewer");
    }
    if (passedOver > 0) {
      LOG.warn(
          "{}: {} file(s) that are no images passed over, first {}",
          folder,
          passedOver,
          firstPassedOver);
    }
    byte[] all = new byte[shape.size() * images.size()];
    for (int k = 0; k < images.size(); k++) {
      ImagePixels brought =
          images.get(k).withChannels(shape.channels()).resized(shape.rows(), shape.columns());
      System.arraycopy(brought.values(), 0, all, k * shape.size(), shape.size());
    }
    return Samples.ofPixels(name, shape, classes, all, numbers);
  }

  /** The shape that all images are brought to; of sizes as common the smallest. */
  private InputShape shape() {
    boolean colours = images.stream().anyMatch(image -> image.channels() == 3);
    boolean rgb =
        format.colours() == ImageFormat.Colours.AUTO
            ? colours
            : format.colours() == ImageFormat.Colours.RGB;
    if (format.rows() > 0) {
      return new InputShape(format.rows(), format.columns(), rgb ? 3 : 1);
    }
    Map<InputShape, Integer> sizes = new LinkedHashMap<>();
    images.forEach(
        image ->
            sizes.merge(
                new InputShape(image.rows(), image.columns(), rgb ? 3 : 1), 1, Integer::sum));
    InputShape commonest =
        sizes.entrySet().stream()
            .max(
                Map.Entry.<InputShape, Integer>comparingByValue()
                    .thenComparing(entry -> -entry.getKey().size())
                    .thenComparing(entry -> -entry.getKey().rows()))
            .orElseThrow()
            .getKey();
    if (sizes.size() > 1) {
      LOG.warn("images of {} sizes are brought to the commonest, {}", sizes.size(), commonest);
    }
    return commonest;
  }

  /** Null of a file that is no image, and is not called as one. */
  private ImagePixels pixels(Path file) {
    BufferedImage image;
    if (!Files.isRegularFile(file)) {
      throw fault(file, "not a file");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      image = decode(file, in);
    } catch (IOException e) {
      throw new InputException(
          "cannot read the image " + file + ": " + IoFailure.reason(e) + "; check the file", e);
    } catch (RuntimeException e) {
      if (e instanceof InputException) {
        throw e;
      }
      // Decoders meet damaged files with exceptions of any kind.
      throw new InputException("cannot read the image " + file + ": it is damaged", e);
    }
    if (image == null) {
      return null;
    }
    ImagePixels pixels = ImagePixels.of(image);
    if (pixels == null) {
      throw fault(
          file, image.getColorModel().getNumColorComponents() + " channels; grey and RGB are read");
    }
    return format.rows() > 0 ? pixels.resized(format.rows(), format.columns()) : pixels;
  }

  private BufferedImage decode(Path file, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
    if (readers == null || !readers.hasNext()) {
      if (!file.getFileName().toString().toLowerCase(Locale.ROOT).matches(NAMED_AS_IMAGE)) {
        return null;
      }
      throw fault(file, "not an image that Java reads (PNG, JPEG, BMP, GIF, TIFF)");
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > InputShape.MAX_SIZE / 3) {
        throw fault(file, pixels + " pixels; at most " + InputShape.MAX_SIZE / 3 + " are read");
      }
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static InputException fault(Path file, String why) {
    return new InputException("cannot use the image " + file + ": " + why);
  }
}
