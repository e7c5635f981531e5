package org.raphe.cli.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.raphe.backend.Backend;
import org.raphe.parity.CheckRow;
import org.raphe.parity.RecordedVectors;

/** Numbers recorded from the reference program. */
final class VectorsCheck implements Check {

  @Override
  public String name() {
    return "vectors";
  }

  @Override
  public Finding run(Task task) {
    List<CheckRow> rows;
    try (Backend backend = task.open()) {
      rows = RecordedVectors.checkBundled(backend);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    rows.forEach(row -> figures.put(row.file(), row.detail()));
    List<CheckRow> wrong = with(rows, CheckRow.Outcome.FAILED);
    List<CheckRow> skipped = with(rows, CheckRow.Outcome.SKIPPED);
    String agreed =
        skipped.isEmpty()
            ? "all " + rows.size() + " recorded files agree"
            : rows.size()
                - skipped.size()
                + (" recorded files agree, " + skipped.size())
                + (" skipped: " + skipped.get(0).detail());
    String measured =
        wrong.isEmpty()
            ? agreed
            : wrong.stream()
                .map(row -> row.file() + ": " + row.detail())
                .collect(Collectors.joining("; "));
    return Finding.of(wrong.isEmpty(), measured, figures);
  }

  private static List<CheckRow> with(List<CheckRow> rows, CheckRow.Outcome outcome) {
    return rows.stream().filter(row -> row.outcome() == outcome).toList();
  }
}
