package org.raphe.continual;

import java.util.ArrayList;
import java.util.List;

/**
 * The accuracy matrix: {@code R[i][j]} is the accuracy on the test samples of experience j after
 * learning experience i; row 0 is the initial network. Kept as counts of hits, so that it is exact.
 *
 * @param samples test samples of each experience, at least 1 each
 * @param hits [row][experience], row 0 first
 */
public record AccuracyMatrix(List<Integer> samples, List<long[]> hits) {

  public AccuracyMatrix {
    samples = List.copyOf(samples);
    hits = List.copyOf(hits);
    for (long[] row : hits) {
      if (row.length != samples.size()) {
        throw new IllegalArgumentException(
            row.length + " counts for " + samples.size() + " experiences");
      }
    }
  }

  /**
   * That of a stream.
   *
   * @param finished one entry a row
   */
  public static AccuracyMatrix of(ExperienceStream stream, List<ExperienceMetrics> finished) {
    return new AccuracyMatrix(
        stream.tested().stream().map(Experience::testSize).toList(),
        finished.stream().map(ExperienceMetrics::hits).toList());
  }

  /** N, experiences that are tested. */
  public int experiences() {
    return samples.size();
  }

  /** Experiences learned so far: rows after row 0. */
  public int learned() {
    return hits.size() - 1;
  }

  /**
   * R[i][j].
   *
   * @param i experiences learned, from 0
   * @param j experience tested, from 1
   */
  public double accuracy(int i, int j) {
    return (double) hits.get(i)[j - 1] / samples.get(j - 1);
  }

  /** Accuracy over all test samples of experiences {@code 1..upTo}, after learning i. */
  public double pooled(int i, int upTo) {
    long hit = 0;
    long all = 0;
    for (int j = 1; j <= upTo; j++) {
      hit += hits.get(i)[j - 1];
      all += samples.get(j - 1);
    }
    return (double) hit / all;
  }

  /** Mean of R[i][1..upTo]. */
  public double mean(int i, int upTo) {
    double sum = 0;
    for (int j = 1; j <= upTo; j++) {
      sum += accuracy(i, j);
    }
    return sum / upTo;
  }

  /** All accuracies, [row][experience]. */
  public List<List<Double>> rows() {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 1; j <= experiences(); j++) {
        row.add(accuracy(i, j));
      }
      rows.add(row);
    }
    return rows;
  }
}
