package org.raphe.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.InputException;

/**
 * The topology text: an input ({@code 784} or {@code 28x28x1}), then the units of each layer,
 * joined by {@code -}; the last is the read-out. Example: {@code 784-1000-10}.
 */
public final class NetworkText {
  private static final Pattern SHAPE = Pattern.compile("(\\d+)x(\\d+)x(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern LATER = Pattern.compile("c\\d+k\\d+(p\\d+)?|pool");

  private NetworkText() {}

  /**
   * Reads a topology text.
   *
   * @throws InputException if the text is wrong, naming the position (from 1) of the first
   *     character that is, or if a layer's size is not usable, naming the layer
   */
  public static NetworkSpec parse(String text, NeuronModel neuron, Mode mode) {
    String[] parts = text.split("-", -1);
    if (parts.length < 3) {
      throw fault(
          text,
          text.length(),
          "needs an input, a hidden layer and an output layer, such as 784-1000-10");
    }
    InputShape input = inputOf(text, parts[0]);
    List<Integer> units = new ArrayList<>();
    int position = parts[0].length() + 1;
    for (int k = 1; k < parts.length; k++) {
      units.add(unitsOf(text, parts[k], position));
      position += parts[k].length() + 1;
    }
    try {
      return NetworkSpec.dense(
          input, units.stream().mapToInt(Integer::intValue).toArray(), neuron, mode);
    } catch (InputException e) {
      throw new InputException("network \"" + text + "\": " + e.getMessage(), e);
    }
  }

  private static InputShape inputOf(String text, String part) {
    Matcher shape = SHAPE.matcher(part);
    if (shape.matches()) {
      return shapeOf(
          text,
          number(text, shape.group(1), shape.start(1)),
          number(text, shape.group(2), shape.start(2)),
          number(text, shape.group(3), shape.start(3)));
    }
    if (NUMBER.matcher(part).matches()) {
      return shapeOf(text, 1, number(text, part, 0), 1);
    }
    throw fault(
        text,
        0,
        "\"" + part + "\" is not an input: write a number such as 784 or a shape such as 28x28x1");
  }

  private static InputShape shapeOf(String text, int rows, int columns, int channels) {
    try {
      return new InputShape(rows, columns, channels);
    } catch (InputException e) {
      throw fault(text, 0, e.getMessage());
    }
  }

  private static int unitsOf(String text, String part, int position) {
    if (LATER.matcher(part).matches()) {
      throw fault(
          text,
          position,
          "\""
              + part
              + "\" is a convolution or pooling layer, which this version cannot train; use dense layers");
    }
    if (!NUMBER.matcher(part).matches()) {
      throw fault(text, position, "\"" + part + "\" is not a number of units");
    }
    return number(text, part, position);
  }

  private static int number(String text, String digits, int position) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    if (significant.length() > 9 || Integer.parseInt(significant) == 0) {
      throw fault(text, position, "\"" + digits + "\" must be between 1 and 999999999");
    }
    return Integer.parseInt(significant);
  }

  private static InputException fault(String text, int position, String why) {
    return new InputException("network \"" + text + "\", position " + (position + 1) + ": " + why);
  }
}
