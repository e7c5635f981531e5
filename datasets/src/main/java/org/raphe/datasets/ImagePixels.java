package org.raphe.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The pixels of an image, by arithmetic of whole numbers alone, so that every Java gives the same.
 *
 * @param rows height
 * @param columns width
 * @param channels 1 or 3
 * @param values unsigned bytes, row by row, pixel by pixel, red then green then blue
 */
record ImagePixels(int rows, int columns, int channels, byte[] values) {

  /**
   * Those of a decoded image: stored values of grey and of RGB, 16 bits rounded to 8; transparent
   * pixels darkened by their opacity, as over black. Null if it has neither one channel nor three.
   */
  static ImagePixels of(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    int channels = colours.getNumColorComponents();
    boolean stored = !(colours instanceof IndexColorModel) && colours.getNumComponents() <= 4;
    if (channels != 1 && channels != 3) {
      return null;
    }
    byte[] values = new byte[image.getWidth() * image.getHeight() * channels];
    Raster raster = image.getRaster();
    boolean wide = colours.getComponentSize(0) != 8;
    int at = 0;
    for (int row = 0; row < image.getHeight(); row++) {
      for (int column = 0; column < image.getWidth(); column++) {
        int rgb = stored && (channels == 1 || wide) ? 0 : image.getRGB(column, row);
        int alpha = alpha(image, raster, rgb, column, row, stored && (channels == 1 || wide));
        for (int k = 0; k < channels; k++) {
          int value =
              stored && (channels == 1 || wide)
                  ? eight(raster.getSample(column, row, k), colours.getComponentSize(k))
                  : rgb >> 16 - 8 * k & 0xff;
          values[at++] = (byte) ((value * alpha + 127) / 255);
        }
      }
    }
    return new ImagePixels(image.getHeight(), image.getWidth(), channels, values);
  }

  private static int alpha(
      BufferedImage image, Raster raster, int rgb, int column, int row, boolean stored) {
    ColorModel colours = image.getColorModel();
    if (!colours.hasAlpha()) {
      return 255;
    }
    int band = colours.getNumComponents() - 1;
    return stored
        ? eight(raster.getSample(column, row, band), colours.getComponentSize(band))
        : rgb >>> 24;
  }

  /** A value of some bits, rounded to 8. */
  private static int eight(int value, int bits) {
    long largest = (1L << bits) - 1;
    return (int) ((2L * value * 255 + largest) / (2 * largest));
  }

  /** One channel of three, or three of one. */
  ImagePixels withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    byte[] changed = new byte[rows * columns * wanted];
    for (int k = 0; k < rows * columns; k++) {
      if (wanted == 1) {
        int sum = 299 * at(3 * k) + 587 * at(3 * k + 1) + 114 * at(3 * k + 2);
        changed[k] = (byte) ((sum + 500) / 1000);
      } else {
        changed[3 * k] = values[k];
        changed[3 * k + 1] = values[k];
        changed[3 * k + 2] = values[k];
      }
    }
    return new ImagePixels(rows, columns, wanted, changed);
  }

  private int at(int index) {
    return values[index] & 0xff;
  }

  /**
   * Another size, each side by itself: a new pixel is the mean of the old ones that it lies over,
   * by the area of each that it covers, rounded half up.
   */
  ImagePixels resized(int newRows, int newColumns) {
    if (newRows == rows && newColumns == columns) {
      return this;
    }
    byte[] changed = new byte[newRows * newColumns * channels];
    long area = (long) rows * columns;
    for (int row = 0; row < newRows; row++) {
      for (int column = 0; column < newColumns; column++) {
        for (int k = 0; k < channels; k++) {
          long sum = covered(row, newRows, column, newColumns, k);
          changed[(row * newColumns + column) * channels + k] =
              (byte) ((2 * sum + area) / (2 * area));
        }
      }
    }
    return new ImagePixels(newRows, newColumns, channels, changed);
  }

  /** In units of 1 / (newRows newColumns) of an old pixel, of which rows x columns are covered. */
  private long covered(int row, int newRows, int column, int newColumns, int channel) {
    long sum = 0;
    long top = (long) row * rows;
    long left = (long) column * columns;
    for (long y = top / newRows; y * newRows < top + rows; y++) {
      long high = Math.min((y + 1) * newRows, top + rows) - Math.max(y * newRows, top);
      for (long x = left / newColumns; x * newColumns < left + columns; x++) {
        long wide = Math.min((x + 1) * newColumns, left + columns) - Math.max(x * newColumns, left);
        sum += high * wide * at((int) (y * columns + x) * channels + channel);
      }
    }
    return sum;
  }
}
