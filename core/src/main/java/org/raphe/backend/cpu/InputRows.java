package org.raphe.backend.cpu;

import java.util.Arrays;

/**
 * For a range of a layer's inputs, where in the batch each was not 0: the transpose of what the
 * forward pass reads, since a weight's gradient runs over samples. Entries ascend by sample, then
 * by word.
 */
final class InputRows {
  /** Inputs of a range. */
  static final int RANGE = 256;

  int from;
  int to;

  /** Entries of input from+k begin at [k] and end at [k+1]. */
  final int[] start = new int[RANGE + 1];

  /** sample * words + word (spikes) or sample (values). */
  int[] position = new int[0];

  /** Spikes of 32 steps. */
  int[] word = new int[0];

  /** The trains that were listed. */
  SpikeTrains trains;

  /** Values of rate units. */
  float[] value = new float[0];

  /** Terms of the gradients of input from+k begin at [k] and end at [k+1]. */
  final int[] termStart = new int[RANGE + 1];

  /** Terms: where in a group's first tile the credit stands, and what it is multiplied by. */
  int[] place = new int[0];

  float[] factor = new float[0];

  /** Makes room for {@code more} terms after {@code count}. */
  void roomForTerms(int count, int more) {
    int needed = Math.addExact(count, more);
    if (place.length < needed) {
      int room = Math.max(needed, place.length + place.length / 2);
      place = Arrays.copyOf(place, room);
      factor = Arrays.copyOf(factor, room);
    }
  }

  /** Lists the spikes of inputs first..end-1. */
  void listSpikes(SpikeTrains given, int samples, int first, int end) {
    trains = given;
    begin(first, end, samples * trains.words);
    int count = 0;
    for (int input = first; input < end; input++) {
      for (int place = 0; place < samples * trains.words; place++) {
        int bits = trains.trains[place * trains.stride + input];
        position[count] = place;
        word[count] = bits;
        count += bits == 0 ? 0 : 1;
      }
      start[input - first + 1] = count;
    }
  }

  /** Lists the values that are not 0 of inputs first..end-1; {@code values} is [sample][stride]. */
  void listValues(float[] values, int stride, int samples, int first, int end) {
    begin(first, end, samples);
    int count = 0;
    for (int input = first; input < end; input++) {
      for (int sample = 0; sample < samples; sample++) {
        float x = values[sample * stride + input];
        position[count] = sample;
        value[count] = x;
        count += x == 0f ? 0 : 1;
      }
      start[input - first + 1] = count;
    }
  }

  private void begin(int first, int end, int places) {
    from = first;
    to = end;
    int room = RANGE * places + 1;
    if (position.length < room) {
      position = new int[room];
      word = new int[room];
      value = new float[room];
    }
  }
}
