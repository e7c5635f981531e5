package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import org.raphe.InputException;
import org.raphe.network.NetworkSpec;
import org.raphe.training.LayerSchedule;
import picocli.CommandLine.Option;

/** When each hidden layer learns, and how fast beside the others. */
@OptionGroup.Of(OptionGroup.COURSE)
final class LayerOptions {
  private static final String RATES = "--layer-rates";
  private static final String OPEN = "--layers-open";
  private static final String CLOSE = "--layers-close";

  @Option(
      names = RATES,
      paramLabel = "F,F,...",
      description =
          "What the learning rate of each hidden layer is multiplied by, first layer first, such as 1,0.5,0.25. Default: 1 for each.")
  private String rates;

  @Option(
      names = OPEN,
      paramLabel = "E,E,...",
      description =
          "Epochs after which the level of each hidden layer opens, so that it begins to learn, such as 0,0.5,1. Default: 0 for each.")
  private String open;

  @Option(
      names = CLOSE,
      paramLabel = "E,E,...",
      description =
          "Epochs after which the level of each hidden layer closes again; end for one that stays open, such as 0.5,1,end. Default: end for each.")
  private String close;

  /**
   * The schedules of a network's hidden layers; none where nothing is given.
   *
   * @throws InputException if a number is none, or out of its range, or there are not as many as
   *     hidden layers
   */
  List<LayerSchedule> schedules(NetworkSpec network) {
    int hidden = network.layers().size() - 1;
    List<Double> factors = numbers(RATES, rates, hidden, 1.0);
    List<Double> opens = numbers(OPEN, open, hidden, 0.0);
    List<Double> closes = numbers(CLOSE, close, hidden, Double.POSITIVE_INFINITY);
    List<LayerSchedule> schedules = new ArrayList<>();
    for (int layer = 0; layer < hidden; layer++) {
      schedules.add(schedule(layer, factors.get(layer), opens.get(layer), closes.get(layer)));
    }
    return schedules;
  }

  private static LayerSchedule schedule(int layer, double factor, double opens, double closes) {
    try {
      return new LayerSchedule(factor, opens, closes);
    } catch (InputException e) {
      throw new InputException("hidden layer " + (layer + 1) + ": " + e.getMessage());
    }
  }

  /** A number a hidden layer. */
  private static List<Double> numbers(String option, String given, int hidden, double otherwise) {
    List<Double> numbers = new ArrayList<>();
    if (given == null) {
      for (int layer = 0; layer < hidden; layer++) {
        numbers.add(otherwise);
      }
      return numbers;
    }
    String[] words = given.split(",", -1);
    if (words.length != hidden) {
      throw new InputException(
          String.format(
              "%s needs a number for each hidden layer, %d of this network, but %s has %d",
              option, hidden, given, words.length));
    }
    for (String word : words) {
      numbers.add(number(option, word.strip(), numbers.size() + 1));
    }
    return numbers;
  }

  private static double number(String option, String word, int place) {
    if (option.equals(CLOSE) && word.equals("end")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      double number = Double.parseDouble(word);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, like numbers that are not finite.
    }
    throw new InputException(
        option
            + " has at place "
            + place
            + " '"
            + word
            + "', which is no number; give one for each hidden layer, such as 1,0.5");
  }
}
