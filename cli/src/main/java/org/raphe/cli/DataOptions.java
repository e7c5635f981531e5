package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which samples are used. */
@OptionGroup.Of(OptionGroup.DATA)
final class DataOptions {
  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "NAME|PATH",
      description =
          "Data set; 'raphe datasets' lists them. Or a path: a folder with a sub-folder of images for each class (below train and test, or every fifth is tested), a .csv (features and a label) or an .npz (features, labels).")
  String dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with the data set's own files, instead of what is bundled or cached.")
  Path folder;

  @Option(
      names = "--download",
      description = "Allow the data set to be downloaded; otherwise nothing is.")
  boolean download;

  @Option(
      names = "--train-limit",
      paramLabel = "N",
      description = "Use the first N training samples. Default: all.")
  Integer trainLimit;

  @Option(
      names = "--test-limit",
      paramLabel = "N",
      description = "Use the first N test samples. Default: all.")
  Integer testLimit;

  @Mixin SpeechOptions speech = new SpeechOptions();
  @Mixin FormatOptions formats = new FormatOptions();

  /** What a worker of a cluster must find; null elsewhere. */
  ExpectedData expected;

  /** The handwritten digits that come with Raphe, whole. */
  static Dataset mnist() {
    return DatasetCatalog.load("mnist", DatasetOptions.defaults());
  }

  /**
   * Loads the data set, limited as asked.
   *
   * @param err where progress is shown, if that takes long
   * @param quiet whether it is not
   */
  Dataset load(PrintWriter err, boolean quiet) {
    try (var progress = new ReadingProgress(err, quiet)) {
      return load(progress);
    }
  }

  private Dataset load(ReadingProgress progress) {
    checkLimit("--train-limit", trainLimit);
    checkLimit("--test-limit", testLimit);
    speech.requireFor(dataset);
    formats.requireFor(dataset);
    return expected == null ? limited(progress) : expected.checked(() -> limited(progress));
  }

  private Dataset limited(ReadingProgress progress) {
    Dataset whole = load(options().withProgress(progress));
    return whole.withSamples(
        trainLimit == null ? whole.train() : whole.train().first(trainLimit),
        testLimit == null ? whole.test() : whole.test().first(testLimit));
  }

  private DatasetOptions options() {
    DatasetOptions options =
        DatasetOptions.defaults().withDownload(download).withSpeech(speech.settings(dataset));
    return formats.addTo(folder == null ? options : options.withDataFolder(at(folder)));
  }

  private Path at(Path typed) {
    return expected == null ? typed : expected.at(typed);
  }

  /** Whether it is a corpus of spoken digits. */
  boolean isSpeech() {
    return DatasetCatalog.isSpeech(dataset);
  }

  /** r of the spike code that the data set's features are made for. */
  float inputScale() {
    return DatasetCatalog.inputScale(dataset, options());
  }

  private Dataset load(DatasetOptions options) {
    try {
      return DatasetCatalog.load(
          expected == null || !isOwn() ? dataset : at(Path.of(dataset)).toString(), options);
    } catch (InputException e) {
      String named = missing(options);
      throw named.isEmpty() ? e : new InputException(e.getMessage() + " (" + named + ")", e);
    }
  }

  /** The options that would tell where the data set is; empty if it is told. */
  private String missing(DatasetOptions options) {
    if (options.dataFolder() != null) {
      return "";
    }
    return DatasetCatalog.entries(options).stream()
        .filter(entry -> entry.name().equalsIgnoreCase(dataset))
        .map(
            entry ->
                switch (entry.availability()) {
                  case NEEDS_FOLDER -> "--data DIR";
                  case NEEDS_FOLDER_OR_DOWNLOAD -> download ? "" : "--data DIR, or --download";
                  case BUNDLED, CACHED -> "";
                })
        .findFirst()
        .orElse("");
  }

  /** The data set's name without folders, for the name of a run. */
  String shortName() {
    Path path = Path.of(dataset).toAbsolutePath().normalize();
    return DatasetCatalog.isPath(dataset) && path.getFileName() != null
        ? path.getFileName().toString()
        : dataset;
  }

  /** Whether it is files of the user's own, by their path, rather than a data set by its name. */
  boolean isOwn() {
    return DatasetCatalog.isPath(dataset);
  }

  private static void checkLimit(String name, Integer limit) {
    if (limit != null && limit < 1) {
      throw new InputException(name + " must be at least 1, not " + limit);
    }
  }
}
