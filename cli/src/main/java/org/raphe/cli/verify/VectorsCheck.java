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
    List<CheckRow> wrong =
        rows.stream().filter(row -> row.outcome() != CheckRow.Outcome.PASSED).toList();
    String measured =
        wrong.isEmpty()
            ? "all " + rows.size() + " recorded files agree"
            : wrong.stream()
                .map(row -> row.file() + ": " + row.detail())
                .collect(Collectors.joining("; "));
    return Finding.of(wrong.isEmpty(), measured, figures);
  }
}
