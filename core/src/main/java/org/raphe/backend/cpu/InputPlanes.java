package org.raphe.backend.cpu;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;

/**
 * What a convolution of rate units is given for a batch, channel by channel with zeros around, so
 * that neighbouring sites of a row find their inputs beside each other and none outside:
 *
 * <pre>
 *   x of input f of the window of site (r, c) = values[at(sample, r) + taps[f] + c]
 * </pre>
 *
 * <p>With a stride s the columns of a row stand in s runs, those of the same remainder together.
 */
final class InputPlanes {
  private final Convolution form;
  private final InputShape input;

  /** Sites of a row. */
  final int columns;

  /** Columns of one remainder, of all, and of all rows. */
  private final int run;

  private final int row;
  private final int plane;

  /** [input of a window]: where it stands, seen from the first one of the first site. */
  final int[] taps;

  /** [input of a window]: the first row of sites that meets it in a row of the map. */
  final int[] firstRow;

  /** After the last such row; 0 for none. */
  final int[] endRow;

  /** [row of sites]: which inputs of its windows lie inside, ascending. */
  private final int[][] inside;

  /** [sample][channel][row][remainder][column]; and what a kernel may read past the end. */
  final float[] values;

  InputPlanes(Convolution form, int batch) {
    this.form = form;
    input = form.input();
    columns = form.map().columns();
    run = run(form);
    row = form.stride() * run;
    plane = rows(form) * row;
    values = new float[Math.toIntExact(size(form, batch))];
    taps = new int[input.channels() * form.kernel() * form.kernel()];
    firstRow = new int[taps.length];
    endRow = new int[taps.length];
    for (int f = 0; f < taps.length; f++) {
      int tapRow = f / form.kernel() % form.kernel();
      int channel = f / form.kernel() / form.kernel();
      taps[f] = channel * plane + tapRow * row + column(f % form.kernel());
      int missed = form.padding() - tapRow;
      firstRow[f] = Math.max(0, (missed + form.stride() - 1) / form.stride());
      int last = input.rows() - 1 + missed;
      endRow[f] = last < 0 ? 0 : Math.min(form.map().rows(), last / form.stride() + 1);
    }
    inside = new int[form.map().rows()][];
    Arrays.setAll(inside, this::listInside);
  }

  private int[] listInside(int siteRow) {
    int[] listed =
        IntStream.range(0, taps.length)
            .filter(f -> siteRow >= firstRow[f] && siteRow < endRow[f])
            .toArray();
    boolean same = siteRow > 0 && Arrays.equals(listed, inside[siteRow - 1]);
    return same ? inside[siteRow - 1] : listed;
  }

  /** Inputs of the windows of a row's sites that lie in rows of the map, ascending. */
  int[] inside(int siteRow) {
    return inside[siteRow];
  }

  private static int run(Convolution form) {
    return form.map().columns() + (form.kernel() - 1) / form.stride();
  }

  private static int rows(Convolution form) {
    return (form.map().rows() - 1) * form.stride() + form.kernel();
  }

  /** Floats that the planes of a batch take. */
  static long size(Convolution form, int batch) {
    long plane = (long) rows(form) * form.stride() * run(form);
    return plane * form.input().channels() * batch + TileKernels.SLACK;
  }

  /** Where a column of the input, counted with the zeros before it, stands in its row. */
  private int column(int padded) {
    return padded % form.stride() * run + padded / form.stride();
  }

  /** Where the window of a row's first site begins. */
  int at(int sample, int siteRow) {
    return sample * input.channels() * plane + siteRow * form.stride() * row;
  }

  /** Takes a sample, [row][column][channel] from {@code from} on, times {@code gain}. */
  void fill(int sample, float[] given, int from, float gain) {
    int first = at(sample, 0);
    Arrays.fill(values, first, first + input.channels() * plane, 0f);
    int endRow = Math.min(input.rows(), rows(form) - form.padding());
    int endColumn = Math.min(input.columns(), form.stride() * run - form.padding());
    for (int inputRow = 0; inputRow < endRow; inputRow++) {
      for (int inputColumn = 0; inputColumn < endColumn; inputColumn++) {
        int x = from + (inputRow * input.columns() + inputColumn) * input.channels();
        int to = first + (inputRow + form.padding()) * row + column(inputColumn + form.padding());
        for (int channel = 0; channel < input.channels(); channel++) {
          values[to + channel * plane] = gain * given[x + channel];
        }
      }
    }
  }

  /**
   * Counts the inputs in the window of each site that are not 0.
   *
   * @param active [row][column] of the input: how many channels are not 0 there
   * @param seen receives [site], from {@code seenAt} on
   * @return their sum
   */
  long countSeen(int[] active, int[] seen, int seenAt) {
    long total = 0;
    for (int site = 0; site < form.map().rows() * columns; site++) {
      int top = site / columns * form.stride() - form.padding();
      int left = site % columns * form.stride() - form.padding();
      int count = 0;
      for (int r = Math.max(0, top); r < Math.min(input.rows(), top + form.kernel()); r++) {
        int end = Math.min(input.columns(), left + form.kernel());
        for (int c = Math.max(0, left); c < end; c++) {
          count += active[r * input.columns() + c];
        }
      }
      seen[seenAt + site] = count;
      total += count;
    }
    return total;
  }
}
