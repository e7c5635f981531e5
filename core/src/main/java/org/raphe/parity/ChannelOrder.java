package org.raphe.parity;

import org.raphe.network.InputShape;

/** From maps with their channel first, as recorded, to maps with it last, as Raphe has them. */
final class ChannelOrder {
  private ChannelOrder() {}

  /** [block][channel][row][column] as [block][row][column][channel]. */
  static float[] last(float[] first, InputShape shape) {
    float[] last = new float[first.length];
    int places = shape.rows() * shape.columns();
    int channels = shape.channels();
    for (int k = 0; k < first.length; k++) {
      int place = k % places;
      int channel = k / places % channels;
      int block = k / shape.size();
      last[block * shape.size() + place * channels + channel] = first[k];
    }
    return last;
  }
}
