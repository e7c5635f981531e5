package org.raphe.backend.cpu;

import org.raphe.network.InputShape;

/**
 * The spikes of a map's units for a batch, listed channel by channel, in each the rows, in these
 * the columns, then words of 32 steps: what a weight of a convolution meets, without places where
 * nothing spiked.
 */
final class MapEvents {
  private final InputShape map;
  private final int words;

  /** Most events of a sample. */
  private final int room;

  /** [sample][channel]: where its events begin; [channels] where the last one's end. */
  private final int[] starts;

  /** Row, column and word: 12, 12 and 8 bits. */
  private final int[] places;

  private final int[] trains;

  MapEvents(int batch, InputShape map, int steps) {
    this.map = map;
    words = (steps + 31) / 32;
    room = Math.multiplyExact(map.size(), words);
    starts = new int[Math.multiplyExact(batch, map.channels() + 1)];
    places = new int[Math.multiplyExact(batch, room)];
    trains = new int[places.length];
  }

  /** Lists a sample's. */
  void list(SpikeTrains given, int sample) {
    int k = sample * room;
    for (int channel = 0; channel < map.channels(); channel++) {
      starts[sample * (map.channels() + 1) + channel] = k;
      for (int row = 0; row < map.rows(); row++) {
        for (int column = 0; column < map.columns(); column++) {
          int unit = (row * map.columns() + column) * map.channels() + channel;
          for (int word = 0; word < words; word++) {
            int bits = given.trains[given.at(sample, word) + unit];
            if (bits != 0) {
              places[k] = row << 20 | column << 8 | word;
              trains[k++] = bits;
            }
          }
        }
      }
    }
    starts[sample * (map.channels() + 1) + map.channels()] = k;
  }

  int start(int sample, int channel) {
    return starts[sample * (map.channels() + 1) + channel];
  }

  int end(int sample, int channel) {
    return start(sample, channel + 1);
  }

  int row(int event) {
    return places[event] >>> 20;
  }

  int column(int event) {
    return places[event] >>> 8 & 0xfff;
  }

  int word(int event) {
    return places[event] & 0xff;
  }

  /** Steps at which it spiked. */
  int bits(int event) {
    return trains[event];
  }
}
