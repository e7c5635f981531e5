package org.raphe.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Accuracy on each experience after each experience: row i after experience i, row 0 before any;
 * column j - 1 on experience j. Null where it was not measured.
 */
final class AccuracyMatrix {
  private static final int MOST = 1000;

  private AccuracyMatrix() {}

  static boolean present(Run run) {
    JsonNode matrix = run.result().path("accuracy_matrix");
    return matrix.isArray() && matrix.size() > 1 && matrix.path(0).size() > 0;
  }

  static Double value(Run run, int row, int column) {
    return Run.fraction(run.result().path("accuracy_matrix").path(row).path(column));
  }

  static int rows(RunGroup group) {
    return group.runs().stream()
        .mapToInt(run -> Math.min(MOST, run.result().path("accuracy_matrix").size()))
        .max()
        .orElse(0);
  }

  static int columns(RunGroup group) {
    int most = 0;
    for (Run run : group.runs()) {
      for (JsonNode row : run.result().path("accuracy_matrix")) {
        most = Math.max(most, row.size());
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
}
