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

  private static final String SHAPE = ", 30 frames x 30 mel bands, 10 classes";

  /** Samples of the bundled corpus, unpacked: 748 recordings. */
  private static final long RECORDED_BYTES = 14_377_394;

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

  static final DatasetEntry BUNDLED =
      new DatasetEntry(
          "spoken-digits",
          "spoken digits of 34 synthetic voices, 12 of them tested" + SHAPE,
          "GPL 3 or later",
          Availability.BUNDLED,
          "read from Raphe's own archive",
          RECORDED_BYTES);

  /** Names of all of them. */
  static final Set<String> NAMES = Set.of("fsdd", "fsdd-speaker", "tidigits", "spoken-digits");

  /** Names of those laid out as TIDIGITS, by kinds of speakers. */
  static final Set<String> WITH_KINDS = Set.of("tidigits", "spoken-digits");

  private SpeechCatalog() {}

  private static DatasetEntry entry(
      String name, String description, String licence, String source) {
    return new DatasetEntry(
        name, description + SHAPE, licence, Availability.NEEDS_FOLDER, source, null);
  }

  /**
   * Loads one of them.
   *
   * @throws InputException if no data folder is given, or its files cannot be used
   */
  static Dataset load(String name, DatasetOptions options) {
    SpokenDigits.Builder builder =
        SpokenDigits.builder().optSettings(options.speech()).optCacheFolder(options.cacheFolder());
    SpokenDigits digits =
        switch (name) {
          case "fsdd" -> builder.fsdd(folder(name, options));
          case "fsdd-speaker" -> builder.fsddBySpeaker(folder(name, options));
          case "tidigits" -> builder.tidigits(folder(name, options));
          default -> bundled(builder, options);
        };
    digits.prepare(options.progress());
    return digits.samples();
  }

  private static SpokenDigits bundled(SpokenDigits.Builder builder, DatasetOptions options) {
    if (options.dataFolder() != null) {
      throw new InputException(
          "spoken-digits comes with Raphe; leave the data folder out, or choose tidigits for a"
              + " folder that is laid out like it");
    }
    return builder.bundled();
  }

  private static Path folder(String name, DatasetOptions options) {
    if (options.dataFolder() == null) {
      throw new InputException(
          name + " does not come with Raphe; give the folder of its recordings as the data folder");
    }
    return options.dataFolder();
  }
}
