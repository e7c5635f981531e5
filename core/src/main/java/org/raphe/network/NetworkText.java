package org.raphe.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raphe.InputException;

/**
 * The topology text: an input ({@code 784} or {@code 28x28x1}), then a word a layer, joined by
 * {@code -}; the last is the read-out, a number of units. Example: {@code 784-1000-10}. Hidden
 * layers are
 *
 * <pre>
 *   1000         dense, 1000 units
 *   c64k5s1p2    a convolution of 64 channels, kernel 5 x 5, stride 1, padding 2; without s stride 1,
 *                without p no padding
 *   pool         2 x 2 averages of what the convolution before it emits
 * </pre>
 */
public final class NetworkText {
  private static final Pattern SHAPE = Pattern.compile("(\\d+)x(\\d+)x(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern CONVOLUTION =
      Pattern.compile("c(\\d+)k(\\d+)(?:s(\\d+))?(?:p(\\d+))?");

  /** The word of a pool. */
  static final String POOL = "pool";

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
    LayerStack stack = new LayerStack(inputOf(text, parts[0]), neuron, mode);
    int position = parts[0].length() + 1;
    for (int k = 1; k < parts.length; k++) {
      add(stack, text, parts[k], position, k == parts.length - 1);
      position += parts[k].length() + 1;
    }
    try {
      return stack.network();
    } catch (InputException e) {
      throw new InputException("network \"" + text + "\": " + e.getMessage(), e);
    }
  }

  private static void add(
      LayerStack stack, String text, String part, int position, boolean readout) {
    Matcher convolution = CONVOLUTION.matcher(part);
    if (!convolution.matches() && !part.equals(POOL)) {
      addDense(stack, text, part, position, readout);
      return;
    }
    if (readout) {
      throw fault(text, position, "\"" + part + "\" cannot be the output layer, which is dense");
    }
    if (part.equals(POOL)) {
      at(text, position, stack::pool);
      return;
    }
    int channels = number(text, convolution.group(1), position + convolution.start(1));
    int kernel = number(text, convolution.group(2), position + convolution.start(2));
    int stride = number(text, convolution, 3, position, 1);
    int padding = number(text, convolution, 4, position, 0);
    at(text, position, () -> stack.convolution(channels, kernel, stride, padding));
  }

  /** Puts on a layer whose faults are those of the word at {@code position}. */
  private static void at(String text, int position, Runnable added) {
    try {
      added.run();
    } catch (InputException e) {
      throw fault(text, position, e.getMessage());
    }
  }

  private static void addDense(
      LayerStack stack, String text, String part, int position, boolean readout) {
    if (!NUMBER.matcher(part).matches()) {
      throw fault(
          text,
          position,
          "\"" + part + "\" is not a number of units, a convolution such as c64k5p2 or pool");
    }
    int units = number(text, part, position);
    try {
      stack.dense(units, readout);
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

  /** A number that may be left out, or be 0 where that is what it is without. */
  private static int number(String text, Matcher word, int group, int position, int otherwise) {
    String digits = word.group(group);
    if (digits == null || (otherwise == 0 && digits.matches("0+"))) {
      return otherwise;
    }
    return number(text, digits, position + word.start(group));
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
