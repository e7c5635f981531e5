package org.raphe.data;

import java.util.Locale;
import org.raphe.InputException;

/** What is done to the features of samples before a network sees them. */
public sealed interface FeatureScaling permits FeatureScaling.Raw, Standardization, UnitLength {

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

  /**
   * Reads what {@code toString} gives: {@code raw}, {@code unit-length}, or {@code standardised
   * MEAN DEVIATION}.
   *
   * @throws InputException if it is none of these
   */
  static FeatureScaling parse(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split(" ");
    try {
      switch (words[0]) {
        case "raw":
          return new Raw();
        case "unit-length":
          return new UnitLength();
        case "standardised":
          if (words.length == 3) {
            return new Standardization(Float.parseFloat(words[1]), Float.parseFloat(words[2]));
          }
          break;
        default:
          break;
      }
    } catch (NumberFormatException e) {
      throw new InputException("\"" + text + "\" tells no mean and deviation of features", e);
    }
    throw new InputException("\"" + text + "\" is no known scaling of features");
  }
}
