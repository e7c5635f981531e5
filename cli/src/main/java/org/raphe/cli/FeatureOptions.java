package org.raphe.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.FittedScaling;
import org.raphe.data.Samples;
import org.raphe.data.ScalingInTurn;
import picocli.CommandLine.Option;

/** What is done to features before anything else of a run sees them. */
@OptionGroup.Of(OptionGroup.DATA)
final class FeatureOptions {
  private enum Choice {
    AS_IS,
    MINMAX,
    STANDARDISE
  }

  @Option(
      names = "--features",
      paramLabel = "as-is|minmax|standardise",
      description =
          "as-is: features as they are; minmax: each feature from 0 to 1; standardise: each of mean 0 and deviation 1. Fitted to ${bundle:said.fitted} and kept in the model. Positions of an image are scaled alike. Default: where files of one's own hold numbers outside 0..1, ${bundle:said.scaled}; else as-is${bundle:said.spoken}.${bundle:said.features}")
  String features;

  /** Whether features are standardised where nothing is said. */
  private boolean standardised;

  /** Told before features are fitted: they are standardised where nothing is said, or not. */
  void standardised(boolean otherwise) {
    standardised = otherwise;
  }

  /** Whether a value of {@code --features} counts random features and scales nothing. */
  static boolean isCount(String value) {
    return value.matches("[+-]?[0-9]+");
  }

  /**
   * Fits to the training samples of what a stream learns first: in a stream of one experience to
   * all of them.
   *
   * @param own whether the samples are the user's own
   * @param log told where features lie if that is outside 0..1
   */
  FeatureScaling fit(Dataset dataset, ExperienceStream stream, boolean own, PrintWriter log) {
    int[] first = stream.learned().get(0).train();
    Samples seen =
        first.length == dataset.train().size()
            ? dataset.train()
            : dataset.train().subset(dataset.train().name(), first);
    Ranges ranges = Ranges.of(seen);
    Choice choice = choice(own && ranges.isOutside(), seen, stream);
    FeatureScaling scaling =
        switch (choice) {
          case AS_IS -> new FeatureScaling.Raw();
          case MINMAX -> FittedScaling.of(FittedScaling.Kind.MINMAX, seen);
          case STANDARDISE -> FittedScaling.of(FittedScaling.Kind.STANDARDISE, seen);
        };
    if (ranges.isOutside() || choice != Choice.AS_IS) {
      log.println(ranges.text() + ": " + done(scaling, stream, ranges));
    }
    return scaling;
  }

  /** What is left of a scaling without that of {@code --features}: what the network asks for. */
  static FeatureScaling ofNetwork(FeatureScaling scaling) {
    if (scaling instanceof ScalingInTurn both) {
      return both.second();
    }
    return scaling instanceof FittedScaling ? new FeatureScaling.Raw() : scaling;
  }

  /** What {@code --features} did, as result.json says it; null where features are as they are. */
  static String kind(FeatureScaling scaling) {
    FeatureScaling first = scaling instanceof ScalingInTurn both ? both.first() : scaling;
    return first instanceof FittedScaling fitted ? fitted.toString() : null;
  }

  /** What features were fitted to, as result.json says it; null where nothing was. */
  static String fittedTo(FeatureScaling scaling, ExperienceStream stream) {
    if (kind(scaling) == null) {
      return null;
    }
    return stream.learned().size() == 1
        ? "training samples"
        : "training samples of the first experience";
  }

  private static String done(FeatureScaling scaling, ExperienceStream stream, Ranges ranges) {
    if (!(scaling instanceof FittedScaling fitted)) {
      return "taken as they are; --features minmax or standardise scales them";
    }
    String constant =
        ranges.constant() == 0 || fitted.fitted() == 1
            ? ""
            : ", in which " + ranges.constant() + " of " + fitted.fitted() + " never change";
    return "--features " + fitted + ", fitted to the " + fittedTo(scaling, stream) + constant;
  }

  private Choice choice(boolean scaled, Samples seen, ExperienceStream stream) {
    if (features == null || isCount(features)) {
      if (!scaled) {
        return standardised ? Choice.STANDARDISE : Choice.AS_IS;
      }
      boolean several = stream.learned().size() > 1;
      return several || seen.isImage() ? Choice.MINMAX : Choice.STANDARDISE;
    }
    return OptionValue.of("--features", Choice.class, features);
  }

  /**
   * Checks that no number of random features is asked for.
   *
   * @throws InputException if one is
   */
  void refuseCount() {
    if (features != null && isCount(features)) {
      throw new InputException(
          "--features "
              + features
              + ": choose as-is, minmax or standardise; a number of features is"
              + " for continual --baseline random-features alone");
    }
  }

  /** Where each feature lies. */
  private record Ranges(float[] least, float[] largest) {
    static Ranges of(Samples samples) {
      int width = samples.shape().size();
      float[] least = new float[width];
      float[] largest = new float[width];
      Arrays.fill(least, Float.POSITIVE_INFINITY);
      Arrays.fill(largest, Float.NEGATIVE_INFINITY);
      float[] row = new float[width];
      for (int sample = 0; sample < samples.size(); sample++) {
        samples.copyFeatures(sample, row, 0);
        for (int k = 0; k < width; k++) {
          least[k] = Math.min(least[k], row[k]);
          largest[k] = Math.max(largest[k], row[k]);
        }
      }
      return new Ranges(least, largest);
    }

    boolean isOutside() {
      return IntStream.range(0, least.length).anyMatch(k -> least[k] < 0 || largest[k] > 1);
    }

    long constant() {
      return IntStream.range(0, least.length).filter(k -> least[k] == largest[k]).count();
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "features lie from %.4g to %.4g%s",
          IntStream.range(0, least.length).mapToDouble(k -> least[k]).min().orElseThrow(),
          IntStream.range(0, least.length).mapToDouble(k -> largest[k]).max().orElseThrow(),
          isOutside() ? ", outside 0..1" : "");
    }
  }
}
