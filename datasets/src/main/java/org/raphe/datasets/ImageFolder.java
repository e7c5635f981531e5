package org.raphe.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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

/**
 * Reads a folder with a sub-folder of images for each class, named as the class; or with such
 * folders below {@code train} and {@code test}. Images are what javax.imageio reads (PNG, JPEG,
 * BMP, GIF), all of one size, all grey or all RGB, 8 bits a channel, no transparency. Files are
 * taken in the order of their names; names that begin with a dot are passed over.
 *
 * <p>Files are untrusted: an image's size is checked before it is decoded.
 */
final class ImageFolder {
  /** Most bytes of all images: 1 GiB. */
  private static final long MAX_BYTES = 1L << 30;

  private final List<byte[]> images = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private InputShape shape;
  private long bytes;

  private ImageFolder() {}

  /**
   * Reads a folder; without {@code train} and {@code test} it is split by {@link ClassSplit}.
   *
   * @throws InputException if there is no class, or an image cannot be used
   */
  static Dataset read(Path folder) {
    ImageIO.setUseCache(false);
    String name = nameOf(folder);
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (Files.isDirectory(train) && Files.isDirectory(test)) {
      ImageFolder both = new ImageFolder();
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
    ImageFolder all = new ImageFolder();
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
  static SamplesToPredict toPredict(Path folder) {
    ImageIO.setUseCache(false);
    Path test = folder.resolve("test");
    boolean split = Files.isDirectory(folder.resolve("train")) && Files.isDirectory(test);
    Path taken = split ? test : folder;
    ImageFolder all = new ImageFolder();
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
  static SamplesToPredict oneToPredict(Path image) {
    ImageIO.setUseCache(false);
    ImageFolder all = new ImageFolder();
    all.add(image);
    return all.samplesToPredict(image, image.toAbsolutePath().getParent());
  }

  private static String nameOf(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "images" : last.toString();
  }

  private void add(Path image) {
    images.add(pixels(image));
    files.add(image);
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
          add(image);
          labels.add(ofOneClass.getFileName().toString());
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
    byte[] all = new byte[(int) bytes];
    for (int k = 0; k < images.size(); k++) {
      System.arraycopy(images.get(k), 0, all, k * shape.size(), shape.size());
    }
    return Samples.ofPixels(name, shape, classes, all, numbers);
  }

  private byte[] pixels(Path file) {
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
    return requireShape(file, image) == 1 ? grey(image) : rgb(image);
  }

  private BufferedImage decode(Path file, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
    if (readers == null || !readers.hasNext()) {
      throw fault(file, "not an image that Java reads (PNG, JPEG, BMP, GIF)");
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

  /** Checks an image against those before it; returns its channels. */
  private int requireShape(Path file, BufferedImage image) {
    ColorModel colours = image.getColorModel();
    if (colours.hasAlpha()) {
      throw fault(file, "it has transparency; save it as grey or RGB");
    }
    boolean palette = colours instanceof IndexColorModel;
    if (!palette && colours.getComponentSize(0) != 8) {
      throw fault(file, colours.getComponentSize(0) + " bits a channel; 8 are read, grey or RGB");
    }
    int channels = palette ? 3 : colours.getNumComponents();
    if (channels != 1 && channels != 3) {
      throw fault(file, channels + " channels; grey and RGB are read");
    }
    InputShape own = new InputShape(image.getHeight(), image.getWidth(), channels);
    if (shape != null && !shape.equals(own)) {
      throw fault(file, "of shape " + own + " where the images before are " + shape);
    }
    shape = own;
    bytes += own.size();
    if (bytes > MAX_BYTES) {
      throw fault(file, "with it the images have more than 1 GiB of pixels; give fewer");
    }
    return channels;
  }

  /** The stored values; Java's conversion to RGB would change the brightness of grey. */
  private static byte[] grey(BufferedImage image) {
    int[] values =
        image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
    byte[] pixels = new byte[values.length];
    for (int k = 0; k < values.length; k++) {
      pixels[k] = (byte) values[k];
    }
    return pixels;
  }

  /** Row by row, pixel by pixel, red then green then blue. */
  private static byte[] rgb(BufferedImage image) {
    int[] colours =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] pixels = new byte[3 * colours.length];
    for (int k = 0; k < colours.length; k++) {
      pixels[3 * k] = (byte) (colours[k] >> 16);
      pixels[3 * k + 1] = (byte) (colours[k] >> 8);
      pixels[3 * k + 2] = (byte) colours[k];
    }
    return pixels;
  }

  private static InputException fault(Path file, String why) {
    return new InputException("cannot use the image " + file + ": " + why);
  }
}
