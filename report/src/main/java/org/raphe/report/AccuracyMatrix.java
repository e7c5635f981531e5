package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.raphe.result.StreamOutcome;

/**
 * Accuracy on each experience after each experience: row i after experience i, row 0 before any;
 * column j - 1 on experience j. Null where it was not measured.
 */
final class AccuracyMatrix {
  private static final int MOST = 1000;

  private AccuracyMatrix() {}

  /** A run's matrix; no rows where it has none. */
  private static List<List<Double>> of(Run run) {
    List<List<Double>> matrix = Run.told(run.result().outcome(), StreamOutcome::accuracyMatrix);
    return matrix == null ? List.of() : matrix;
  }

  private static int width(List<Double> row) {
    return row == null ? 0 : row.size();
  }

  static boolean present(Run run) {
    List<List<Double>> matrix = of(run);
    return matrix.size() > 1 && width(matrix.get(0)) > 0;
  }

  /** Whether each experience that is tested was also learned by itself, in a row of its own. */
  static boolean oneByOne(Run run) {
    List<List<Double>> matrix = of(run);
    return present(run) && matrix.size() == matrix.get(0).size() + 1;
  }

  static Double value(Run run, int row, int column) {
    List<List<Double>> matrix = of(run);
    boolean there = row < matrix.size() && column < width(matrix.get(row));
    return there ? Run.fraction(matrix.get(row).get(column)) : null;
  }

  static int rows(RunGroup group) {
    return group.runs().stream().mapToInt(run -> Math.min(MOST, of(run).size())).max().orElse(0);
  }

  static int columns(RunGroup group) {
    int most = 0;
    for (Run run : group.runs()) {
      for (List<Double> row : of(run)) {
        most = Math.max(most, width(row));
      }
    }
    return Math.min(MOST, most);
  }

  /** Mean over seeds of each entry. */
  static List<List<Spread>> spreads(RunGroup group) {
    int columns = columns(group);
    List<List<Spread>> rows = new ArrayList<>();
    for (int i = 0; i < rows(group); i++) {
      List<Spread> row = new ArrayList<>();
      for (int j = 0; j < columns; j++) {
        int after = i;
        int on = j;
        row.add(group.spread(run -> value(run, after, on)));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The entries of one run, in as many rows and columns as its group has. */
  static List<List<Double>> values(Run run, int rows, int columns) {
    List<List<Double>> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < columns; j++) {
        row.add(value(run, i, j));
      }
      values.add(row);
    }
    return values;
  }

  /** Mean accuracy of a run on the experiences it has seen; null where one was not measured. */
  static Double seen(Run run, int experiences) {
    double sum = 0;
    for (int j = 0; j < experiences; j++) {
      Double value = value(run, experiences, j);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum / experiences;
  }

  /**
   * Accuracy on experience j, from 1, after {@code later} more experiences; null where it was not
   * measured or not learned by itself.
   */
  static Double kept(Run run, int experience, int later) {
    return oneByOne(run) ? value(run, experience + later, experience - 1) : null;
  }

  /**
   * Mean of {@link #kept} over the experiences that {@code later} others follow; null where none
   * was measured.
   */
  static Double kept(Run run, int later) {
    List<Double> values = new ArrayList<>();
    int experiences = Math.min(MOST, of(run).size()) - 1;
    for (int j = 1; j + later <= experiences; j++) {
      values.add(kept(run, j, later));
    }
    return values.stream().anyMatch(Objects::isNull) ? null : Spread.meanOf(Spread.of(values));
  }
}
