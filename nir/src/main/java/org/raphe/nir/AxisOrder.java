package org.raphe.nir;

import org.raphe.network.InputShape;

/**
 * Orders of axes. Raphe numbers a map's places {@code [row][column][channel]} and keeps weights
 * {@code [fan-in][unit]}; NIR numbers them {@code [channel][row][column]} and keeps weights {@code
 * [unit][fan-in]}. A convolution's fan-in is {@code [channel][kernel row][kernel column]} in both.
 */
final class AxisOrder {
  private AxisOrder() {}

  /** {@code [fan-in][unit]} as {@code [unit][fan-in]}. */
  static float[] channelsLeading(float[] weights, int fanIn, int units) {
    float[] turned = new float[weights.length];
    for (int input = 0; input < fanIn; input++) {
      for (int unit = 0; unit < units; unit++) {
        turned[unit * fanIn + input] = weights[input * units + unit];
      }
    }
    return turned;
  }

  /** {@code [unit][fan-in]} as {@code [fan-in][unit]}. */
  static float[] fanInLeading(float[] weights, int fanIn, int units) {
    return channelsLeading(weights, units, fanIn);
  }

  /** Rows of {@code [row][column][channel]} in the order {@code [channel][row][column]}. */
  static float[] toChannelsFirst(float[] weights, InputShape shape, int units) {
    return rows(weights, shape, units, true);
  }

  /** Rows of {@code [channel][row][column]} in the order {@code [row][column][channel]}. */
  static float[] toChannelsLast(float[] weights, InputShape shape, int units) {
    return rows(weights, shape, units, false);
  }

  private static float[] rows(float[] weights, InputShape shape, int units, boolean channelsFirst) {
    float[] ordered = new float[weights.length];
    int places = shape.rows() * shape.columns();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int place = 0; place < places; place++) {
        int first = channel * places + place;
        int last = place * shape.channels() + channel;
        int from = channelsFirst ? last : first;
        int to = channelsFirst ? first : last;
        System.arraycopy(weights, from * units, ordered, to * units, units);
      }
    }
    return ordered;
  }
}
