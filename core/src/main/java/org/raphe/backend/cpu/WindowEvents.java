package org.raphe.backend.cpu;

import java.util.Arrays;

/**
 * The inputs of one site's window that spiked, step by step, in each ascending: which, and what the
 * site is given of them.
 */
final class WindowEvents {
  /** [step], and the end of the last one. */
  final int[] starts;

  /** Numbers of inputs in the window. */
  int[] ids = new int[1024];

  /** 1, or a quarter of a pool's count. */
  float[] x = new float[1024];

  private final int[] next;

  WindowEvents(int steps) {
    starts = new int[steps + 1];
    next = new int[steps];
  }

  /** Begins a window of which {@code counts[at + t]} inputs spiked at step t. */
  void begin(int[] counts, int at) {
    for (int t = 0; t < next.length; t++) {
      next[t] = starts[t];
      starts[t + 1] = starts[t] + counts[at + t];
    }
    int total = starts[next.length];
    if (ids.length < total) {
      ids = Arrays.copyOf(ids, 2 * total);
      x = Arrays.copyOf(x, 2 * total);
    }
  }

  /** Adds an input at step t; inputs come ascending. */
  void add(int t, int id, float value) {
    ids[next[t]] = id;
    x[next[t]++] = value;
  }
}
