package org.raphe.datasets;

import java.util.Objects;
import org.raphe.InputException;
import org.raphe.network.InputShape;

/**
 * What images are brought to.
 *
 * @param rows height; 0, with the width, for the commonest size among the images
 * @param columns width
 * @param colours grey or RGB
 */
public record ImageFormat(int rows, int columns, Colours colours) {
  /** The commonest size; RGB where an image has colours. */
  public static final ImageFormat DEFAULT = new ImageFormat(0, 0, Colours.AUTO);

  /** Channels of images. */
  public enum Colours {
    /** RGB where an image is, else grey. */
    AUTO,
    /** One channel: (299 red + 587 green + 114 blue) / 1000. */
    GREY,
    /** Three channels; those of a grey image are equal. */
    RGB
  }

  public ImageFormat {
    Objects.requireNonNull(colours, "colours");
    if (rows != 0 || columns != 0) {
      new InputShape(rows, columns, 3);
    }
  }

  /**
   * The same with the size of a text such as {@code 28} or {@code 28x20}, rows first.
   *
   * @throws InputException if it is none
   */
  public ImageFormat withSize(String text) {
    if (!text.matches("[1-9][0-9]{0,4}(x[1-9][0-9]{0,4})?")) {
      throw new InputException("\"" + text + "\" is no size of images, such as 28 or 28x20");
    }
    String[] sides = text.split("x");
    return new ImageFormat(
        Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]), colours);
  }
}
