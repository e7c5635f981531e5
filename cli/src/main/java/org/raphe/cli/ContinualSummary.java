package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ContinualMetric;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;

/**
 * What a finished stream prints: the matrix, its figures, and what the protocol means for them.
 *
 * @param note what the protocol means; null where there is nothing to say
 */
record ContinualSummary(
    Protocol protocol,
    String note,
    ExperienceStream stream,
    AccuracyMatrix matrix,
    String measuredOn) {

  /**
   * Prints it.
   *
   * @param weightsSha256 digest of all parameters at the end
   */
  void print(PrintWriter out, String weightsSha256, Path folder) {
    out.printf(
        Locale.ROOT,
        "Accuracy in %% on the %s samples of experience j (column) after learning experience i (row)%n",
        measuredOn);
    TextTable.print(out, heading(), rows());
    List<List<String>> figures =
        ContinualMetric.of(matrix).stream().map(ContinualSummary::figure).toList();
    TextTable.print(out, List.of("", "", ""), figures);
    out.println("protocol " + protocol + "; order " + stream.order().classes());
    if (note != null) {
      out.println(note);
    }
    out.printf(Locale.ROOT, "weights %s; run folder %s%n", weightsSha256.substring(0, 16), folder);
    out.flush();
  }

  private static List<String> figure(ContinualMetric metric) {
    String value =
        metric.value() == null
            ? "none (" + metric.reason() + ")"
            : String.format(Locale.ROOT, "%.4f", metric.value());
    return List.of(metric.name(), value, metric.formula());
  }

  private List<String> heading() {
    List<String> heading = new ArrayList<>(List.of("after"));
    stream.tested().forEach(each -> heading.add("j=" + each.number()));
    return heading;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (List<Double> accuracies : matrix.rows()) {
      int i = rows.size();
      String name = i == 0 ? "initial" : "i=" + i + " " + stream.learned().get(i - 1).classes();
      List<String> row = new ArrayList<>(List.of(name));
      accuracies.forEach(value -> row.add(String.format(Locale.ROOT, "%.1f", 100 * value)));
      rows.add(row);
    }
    return rows;
  }
}
