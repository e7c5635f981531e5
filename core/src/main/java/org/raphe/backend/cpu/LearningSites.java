package org.raphe.backend.cpu;

import org.raphe.network.InputShape;

/** Sites of a sample that learn: where their windows begin, and where their credits stand. */
final class LearningSites {
  /** See {@link InputPlanes#at}; the site's column added. */
  final int[] inputAt;

  /** Of tile 0, in {@link Credit#values}. */
  final int[] place;

  int count;

  /** [row]: where its sites begin; after the last one, where they end. */
  final int[] starts;

  LearningSites(InputShape map) {
    inputAt = new int[map.rows() * map.columns()];
    place = new int[inputAt.length];
    starts = new int[map.rows() + 1];
  }

  void add(int windowAt, int creditAt) {
    inputAt[count] = windowAt;
    place[count++] = creditAt;
  }

  /** The first one whose row meets one of the inputs {@code f..f+inputs-1} within the map. */
  int first(InputPlanes planes, int f, int inputs) {
    int row = planes.firstRow[f];
    for (int k = f + 1; k < f + inputs; k++) {
      row = Math.min(row, planes.firstRow[k]);
    }
    return row < starts.length ? starts[row] : count;
  }

  /** After the last such site. */
  int end(InputPlanes planes, int f, int inputs) {
    int row = planes.endRow[f];
    for (int k = f + 1; k < f + inputs; k++) {
      row = Math.max(row, planes.endRow[k]);
    }
    return starts[row];
  }
}
