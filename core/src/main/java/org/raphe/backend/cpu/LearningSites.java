package org.raphe.backend.cpu;

/** Sites of a sample that learn: where their windows begin, and where their credits stand. */
final class LearningSites {
  /** See {@link InputPlanes#at}; the site's column added. */
  final int[] inputAt;

  /** Of tile 0, in {@link Credit#values}. */
  final int[] place;

  int count;

  LearningSites(int sites) {
    inputAt = new int[sites];
    place = new int[sites];
  }

  void add(int windowAt, int creditAt) {
    inputAt[count] = windowAt;
    place[count++] = creditAt;
  }
}
