package org.raphe.data;

import java.util.Locale;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.tensor.NamedTensors;

/** What is done to the features of samples before a network sees them. */
public sealed interface FeatureScaling
    permits FeatureScaling.Raw, FittedScaling, Standardization, UnitLength, ScalingInTurn {
  /** What stands between two scalings in a text. */
  String THEN = "; ";

  /** Features as they are. */
  record Raw() implements FeatureScaling {
    @Override
    public Samples apply(Samples samples) {
      return samples;
    }

    @Override
    public String toString() {
      return "raw";
    }
  }

  /** Samples scaled; these themselves where there is nothing to do. */
  Samples apply(Samples samples);

  /** Both parts of a data set, scaled alike. */
  default Dataset apply(Dataset dataset) {
    return dataset.withSamples(apply(dataset.train()), apply(dataset.test()));
  }

  /** This, then another; the other alone, or this alone, where one of them is {@link Raw}. */
  default FeatureScaling then(FeatureScaling next) {
    if (next instanceof Raw) {
      return this;
    }
    return this instanceof Raw ? next : new ScalingInTurn(this, next);
  }

  /** What was fitted to samples and is too much for {@code toString}; empty where nothing was. */
  default NamedTensors fittedValues() {
    return new NamedTensors(Map.of());
  }

  /**
   * Reads what {@code toString} gives: {@code raw}, {@code unit-length}, {@code standardised MEAN
   * DEVIATION}, {@code minmax} or {@code standardise}; or one of these, {@code "; "} and another.
   *
   * @param fitted what {@link #fittedValues} gave
   * @throws InputException if it is none of these, or values are missing, unusable or too many
   */
  static FeatureScaling parse(String text, NamedTensors fitted) {
    int then = text.indexOf(THEN);
    FeatureScaling scaling =
        then < 0
            ? parseOne(text, fitted)
            : parseOne(text.substring(0, then), fitted)
                .then(parseOne(text.substring(then + THEN.length()), new NamedTensors(Map.of())));
    if (!scaling.fittedValues().tensors().keySet().equals(fitted.tensors().keySet())) {
      throw new InputException(
          "features are scaled as \"" + text + "\", for which nothing is fitted");
    }
    return scaling;
  }

  private static FeatureScaling parseOne(String text, NamedTensors fitted) {
    String lower = text.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "raw" -> new Raw();
      case "unit-length" -> new UnitLength();
      case "minmax" -> FittedScaling.read(FittedScaling.Kind.MINMAX, fitted);
      case "standardise" -> FittedScaling.read(FittedScaling.Kind.STANDARDISE, fitted);
      default -> parseStandardised(text, lower.split(" "));
    };
  }

  private static FeatureScaling parseStandardised(String text, String[] words) {
    if (words.length != 3 || !words[0].equals("standardised")) {
      throw new InputException("\"" + text + "\" is no known scaling of features");
    }
    try {
      return new Standardization(Float.parseFloat(words[1]), Float.parseFloat(words[2]));
    } catch (NumberFormatException e) {
      throw new InputException("\"" + text + "\" tells no mean and deviation of features", e);
    }
  }
}
