package org.raphe.cli;

import java.util.EnumSet;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.speech.CorpusSplit;
import org.raphe.datasets.speech.SpeakerKind;
import org.raphe.datasets.speech.SpeechFeatureKind;
import org.raphe.datasets.speech.SpeechSettings;
import picocli.CommandLine.Option;

/** What is made of a corpus of spoken digits. */
@OptionGroup.Of(OptionGroup.DATA)
final class SpeechOptions {
  private static final String FEATURES = "--speech-features";

  @Option(
      names = FEATURES,
      paramLabel = "KIND",
      description =
          "Spoken digits, energies of 30 mel bands in 30 frames: 'published'; 'log-mel', their logarithms coded to 0..1; 'log-mel-on-off', these in two channels, above and below the mean; 'log-mel-trimmed' and 'log-mel-on-off-trimmed', the same without the silence about a word. Default: log-mel for rate units, log-mel-on-off for spiking ones, published where their network takes 900 features; published settings: published; a saved model: its own.")
  private String features;

  @Option(
      names = "--split",
      paramLabel = "official|published",
      description =
          "tidigits, spoken-digits: the corpus's own split, by speakers, or the published one, 30 %% of the recordings drawn at random with seed 42. Default: official.")
  private String split;

  @Option(
      names = "--speakers",
      paramLabel = "KIND,...",
      description =
          "tidigits, spoken-digits: man, woman, boy, girl, separated by commas. Default: all.")
  private String speakers;

  @Option(
      names = "--test-speaker",
      paramLabel = "NAME",
      description = "fsdd-speaker: who is left out of training. Default: the last by name.")
  private String testSpeaker;

  private SpeechSettings otherwise = SpeechSettings.defaults();

  /** Told before a data set is loaded: what is taken where nothing is given. */
  void otherwise(SpeechSettings settings) {
    otherwise = settings;
  }

  /**
   * Told before a data set is shown to a model: what it was trained on.
   *
   * @param preparation what the model says of it; null if nothing
   * @throws InputException if other features are asked for
   */
  void ofModel(String preparation) {
    if (preparation == null) {
      return;
    }
    SpeechFeatureKind trained =
        OptionValue.of("the model's features", SpeechFeatureKind.class, preparation);
    if (features != null
        && OptionValue.of(FEATURES, SpeechFeatureKind.class, features) != trained) {
      throw new InputException(
          FEATURES + " " + features + ": the model was trained on " + trained + "; leave it out");
    }
    otherwise = otherwise.withFeatures(trained);
  }

  /** What is made of a corpus; a preset's split and speakers are for those that have a choice. */
  SpeechSettings settings(String dataset) {
    boolean choice = DatasetCatalog.hasSpeakerKinds(dataset);
    Set<SpeakerKind> kinds = EnumSet.noneOf(SpeakerKind.class);
    if (speakers != null) {
      for (String kind : speakers.split(",")) {
        kinds.add(OptionValue.of("--speakers", SpeakerKind.class, kind.strip()));
      }
    }
    return new SpeechSettings(
        features == null
            ? otherwise.features()
            : OptionValue.of(FEATURES, SpeechFeatureKind.class, features),
        split == null
            ? (choice ? otherwise.split() : null)
            : OptionValue.of("--split", CorpusSplit.class, split),
        speakers == null && choice ? otherwise.speakers() : kinds,
        testSpeaker);
  }

  /**
   * Checks that the data set is one of spoken digits if any of these options is given.
   *
   * @throws InputException if it is not
   */
  void requireFor(String dataset) {
    boolean given = features != null || split != null || speakers != null || testSpeaker != null;
    if (given && !DatasetCatalog.isSpeech(dataset)) {
      throw new InputException(
          FEATURES
              + ", --split, --speakers and --test-speaker are for spoken digits, and "
              + dataset
              + " is something else; leave them out");
    }
  }
}
