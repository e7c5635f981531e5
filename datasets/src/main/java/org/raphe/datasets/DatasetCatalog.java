package org.raphe.datasets;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.RunException;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetEntry.Availability;
import org.raphe.datasets.speech.SpeechFeatureKind;
import org.raphe.network.InputShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data sets that are known by name. */
public final class DatasetCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetCatalog.class);
  private static final long CIFAR_BYTES = 60_000L * 3073;
  private static final long MNIST_BYTES = KnownFile.MNIST.stream().mapToLong(KnownFile::size).sum();

  /** Where Debian's package dataset-fashion-mnist puts the files. */
  static final Path DEBIAN_FASHION_MNIST = Path.of("/usr/share/datasets/fashion-mnist");

  /** As Zalando names the labels 0 to 9. */
  private static final ClassNames CLOTHING =
      new ClassNames(
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"));

  private DatasetCatalog() {}

  /** All data sets, with what loading each would need under these options. Reads no data. */
  public static List<DatasetEntry> entries(DatasetOptions options) {
    DjlNetwork.deny();
    return List.of(
        mnistEntry(options),
        fashionMnistEntry(options),
        SpeechCatalog.FSDD,
        SpeechCatalog.FSDD_SPEAKER,
        SpeechCatalog.TIDIGITS,
        SpeechCatalog.BUNDLED,
        new DatasetEntry(
            "cifar-10",
            "colour photographs, 32x32 RGB, 10 classes, 50,000 + 10,000",
            "none stated; cite Krizhevsky 2009",
            Availability.NEEDS_FOLDER,
            "give the folder of its binary version as the data folder",
            CIFAR_BYTES));
  }

  /** Names that {@link #load} takes. */
  public static List<String> names() {
    return List.of(
        "mnist", "fashion-mnist", "fsdd", "fsdd-speaker", "tidigits", "spoken-digits", "cifar-10");
  }

  /** Whether {@link #load} takes the name as a path of the user's own samples. */
  public static boolean isPath(String name) {
    return OwnFiles.isPath(name);
  }

  /** Loads a data set that needs no options: bundled, cached, or at a path. */
  public static Dataset load(String name) {
    return load(name, DatasetOptions.defaults());
  }

  /**
   * Loads a data set.
   *
   * <ul>
   *   <li>{@code mnist}: 60,000 + 10,000 digits of 28 x 28, bundled; or the IDX files of the data
   *       folder
   *   <li>{@code fashion-mnist}: the same form, articles of clothing: the IDX files of the data
   *       folder; else the cache; else, if allowed, a download through DJL
   *   <li>{@code fsdd}, {@code fsdd-speaker}: the Free Spoken Digit Dataset in the data folder,
   *       split by recording or by speaker; features of a {@link SpeechFeatureKind}
   *   <li>{@code tidigits}: the isolated digits of the TIDIGITS corpus in the data folder, as NIST
   *       SPHERE or RIFF WAV; features of a {@link SpeechFeatureKind}
   *   <li>{@code spoken-digits}: digits of synthetic voices, bundled, laid out like TIDIGITS
   *   <li>{@code cifar-10}: the binary version of CIFAR-10 in the data folder
   *   <li>a path: a folder with a sub-folder of images for each class, a {@code .csv} or an {@code
   *       .npz} file
   * </ul>
   *
   * @param name one of {@link #names()}, or a path, see {@link #isPath}
   * @throws InputException if the name is unknown, the data set is not at hand, or its files or the
   *     cache folder cannot be used
   * @throws RunException if unpacking or downloading fails, or memory does not hold the samples
   */
  public static Dataset load(String name, DatasetOptions options) {
    DjlNetwork.deny();
    try {
      return read(name, options);
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    }
  }

  /** Network and batch, which decide memory elsewhere, have no part in what samples take. */
  private static RunException tooLarge(String name, OutOfMemoryError e) {
    return new RunException(
        "not enough memory to read the data set "
            + name
            + " ("
            + e.getMessage()
            + "); give fewer or smaller samples, or Java more memory (-Xmx)",
        e);
  }

  private static Dataset read(String name, DatasetOptions options) {
    if (isPath(name)) {
      return own(name, options);
    }
    String known = name.toLowerCase(Locale.ROOT);
    return switch (known) {
      case "mnist" -> mnist(options);
      case "fashion-mnist" -> fashionMnist(options).withClassNames(CLOTHING);
      case "fsdd", "fsdd-speaker", "tidigits", "spoken-digits" ->
          SpeechCatalog.load(known, options);
      case "cifar-10" -> Cifar10Folder.read(ownFolder(name, options));
      default ->
          throw new InputException(
              "no data set is called \""
                  + name
                  + "\"; "
                  + KnownNames.advice(name, names())
                  + ", or give a path: a folder of images, a .csv or an .npz file");
    };
  }

  /**
   * Loads samples of the user's own to be shown to a model, with labels or without: a folder of
   * images or of a folder for each class, one image, a {@code .csv} or an {@code .npz} file. Of
   * data with test samples of their own these are taken, else all.
   *
   * @param input what the model takes: a line of a {@code .csv} has as many numbers, or one label
   *     more
   * @param options how files are written
   * @throws InputException if there is nothing usable
   */
  public static SamplesToPredict toPredict(Path path, InputShape input, DatasetOptions options) {
    try {
      return OwnFiles.toPredict(path, input, options);
    } catch (OutOfMemoryError e) {
      throw tooLarge(path.toString(), e);
    }
  }

  /** The same of files written in the usual way. */
  public static SamplesToPredict toPredict(Path path, InputShape input) {
    return toPredict(path, input, DatasetOptions.defaults());
  }

  /** Whether a name is that of a corpus of spoken digits. */
  public static boolean isSpeech(String name) {
    return SpeechCatalog.NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a name is that of a corpus that tells men, women, boys and girls apart. */
  public static boolean hasSpeakerKinds(String name) {
    return SpeechCatalog.WITH_KINDS.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * r of the spike code {@code x = 1[X > r U]} that a data set's features are made for: 1, which
   * reads features of 0..1 as they are, but for published speech features.
   */
  public static float inputScale(String name, DatasetOptions options) {
    return isSpeech(name) ? options.speech().features().inputScale() : 1f;
  }

  private static Dataset own(String path, DatasetOptions options) {
    if (options.dataFolder() != null) {
      throw new InputException(
          "the data set " + path + " is a path of its own; leave the data folder out");
    }
    try {
      return OwnFiles.load(Path.of(path), options);
    } catch (InvalidPathException e) {
      throw new InputException("cannot read the data set " + path + ": not a path", e);
    }
  }

  private static Path ownFolder(String name, DatasetOptions options) {
    if (options.dataFolder() == null) {
      throw new InputException(
          name + " does not come with Raphe; give the folder of its files as the data folder");
    }
    return options.dataFolder();
  }

  private static Dataset mnist(DatasetOptions options) {
    return options.dataFolder() != null
        ? fromFolder("mnist", options.dataFolder(), KnownFile.MNIST)
        : new BundledMnist(options.cacheFolder()).load();
  }

  private static Dataset fashionMnist(DatasetOptions options) {
    if (options.dataFolder() != null) {
      return fromFolder("fashion-mnist", options.dataFolder(), KnownFile.FASHION_MNIST);
    }
    var download = new DownloadedFashionMnist(options.cacheFolder());
    if (!download.isCached()) {
      if (!options.allowDownload()) {
        throw new InputException(
            "fashion-mnist is not bundled and not in the cache, "
                + download.folder()
                + "; "
                + fashionMnistSources());
      }
      download.fetch();
    }
    Dataset dataset = download.load();
    warnIfNotPublished(
        "fashion-mnist", download.folder(), download.sha256(), KnownFile.FASHION_MNIST);
    return dataset;
  }

  private static Dataset fromFolder(String name, Path path, List<KnownFile> published) {
    var folder = new IdxFolder(name, path);
    Dataset dataset = folder.read(name);
    warnIfNotPublished(name, path, folder.sha256(), published);
    return dataset;
  }

  /** Other files than the published ones are the user's right, but figures then compare badly. */
  private static void warnIfNotPublished(
      String name, Path folder, Map<String, String> sha256, List<KnownFile> published) {
    List<String> others =
        published.stream()
            .filter(file -> !file.sha256().equals(sha256.get(file.name())))
            .map(KnownFile::name)
            .toList();
    if (!others.isEmpty()) {
      LOG.warn(
          "{}: {} in {} differ from the published files; results may not compare with others",
          name,
          String.join(", ", others),
          folder);
    }
  }

  private static DatasetEntry mnistEntry(DatasetOptions options) {
    var bundled = new BundledMnist(options.cacheFolder());
    return new DatasetEntry(
        "mnist",
        "handwritten digits, 28x28 grey, 10 classes, 60,000 + 10,000",
        "CC BY-SA 3.0",
        bundled.isUnpacked() ? Availability.CACHED : Availability.BUNDLED,
        bundled.isUnpacked()
            ? bundled.folder().toString()
            : "unpacked into " + bundled.folder() + " on first use",
        MNIST_BYTES);
  }

  private static DatasetEntry fashionMnistEntry(DatasetOptions options) {
    var download = new DownloadedFashionMnist(options.cacheFolder());
    boolean cached = download.isCached();
    return new DatasetEntry(
        "fashion-mnist",
        "articles of clothing, 28x28 grey, 10 classes, 60,000 + 10,000",
        "MIT",
        cached ? Availability.CACHED : Availability.NEEDS_FOLDER_OR_DOWNLOAD,
        cached ? download.folder().toString() : fashionMnistSources(),
        MNIST_BYTES);
  }

  private static String fashionMnistSources() {
    return Files.isDirectory(DEBIAN_FASHION_MNIST)
        ? "give its folder, " + DEBIAN_FASHION_MNIST + ", as the data folder, or allow a download"
        : "give the folder of its IDX files as the data folder (Debian's package dataset-fashion-mnist has"
            + " them), or allow a download";
  }
}
