package org.raphe.datasets;

import java.nio.file.Path;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetEntry.Availability;
import org.raphe.datasets.speech.SpokenDigits;

/** The data sets of spoken digits. */
final class SpeechCatalog {
  private static final String FSDD_SOURCE = "give its folder recordings as the data folder";

  static final DatasetEntry FSDD =
      entry(
          "fsdd", "spoken digits; first 5 recordings of each tested", "CC BY-SA 4.0", FSDD_SOURCE);

  static final DatasetEntry FSDD_SPEAKER =
      entry("fsdd-speaker", "spoken digits; one speaker tested", "CC BY-SA 4.0", FSDD_SOURCE);

  static final DatasetEntry TIDIGITS =
      entry(
          "tidigits",
          "isolated spoken digits of TIDIGITS, LDC93S10",
          "licensed by the Linguistic Data Consortium",
          "give the corpus as it lies on its discs as the data folder");

  /** Names of all of them. */
  static final Set<String> NAMES = Set.of("fsdd", "fsdd-speaker", "tidigits");

  private SpeechCatalog() {}

  private static DatasetEntry entry(
      String name, String description, String licence, String source) {
    return new DatasetEntry(
        name,
        description + ", 30 frames x 30 mel bands, 10 classes",
        licence,
        Availability.NEEDS_FOLDER,
        source,
        null);
  }

  /**
   * Loads one of them.
   *
   * @throws InputException if no data folder is given, or its files cannot be used
   */
  static Dataset load(String name, DatasetOptions options) {
    SpokenDigits.Builder builder =
        SpokenDigits.builder().optSettings(options.speech()).optCacheFolder(options.cacheFolder());
    Path folder = folder(name, options);
    SpokenDigits digits =
        switch (name) {
          case "fsdd" -> builder.fsdd(folder);
          case "fsdd-speaker" -> builder.fsddBySpeaker(folder);
          default -> builder.tidigits(folder);
        };
    digits.prepare(options.progress());
    return digits.samples();
  }

  private static Path folder(String name, DatasetOptions options) {
    if (options.dataFolder() == null) {
      throw new InputException(
          name + " does not come with Raphe; give the folder of its recordings as the data folder");
    }
    return options.dataFolder();
  }
}
