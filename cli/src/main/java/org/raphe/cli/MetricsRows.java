package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.raphe.continual.ExperienceMetrics;

/** Rows of metrics.csv: one a pass, under a heading. */
final class MetricsRows {
  private MetricsRows() {}

  /**
   * Epochs, each of which was measured.
   *
   * @param measuredOn {@code test} or {@code validation}
   */
  static List<String> ofEpochs(List<ExperienceMetrics.Pass> epochs, String measuredOn) {
    List<String> rows = new ArrayList<>();
    rows.add("epoch,train_accuracy," + measuredOn + "_accuracy,train_squared_error,seconds");
    for (ExperienceMetrics.Pass epoch : epochs) {
      rows.add(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%s,%.3f",
              epoch.epoch(),
              epoch.train().accuracy(),
              epoch.test().accuracy(),
              epoch.train().squaredError() / epoch.train().samples(),
              epoch.seconds()));
    }
    return rows;
  }

  /**
   * Experiences, measured after the last pass over each. No training accuracy stands where none was
   * measured.
   */
  static List<String> ofExperiences(List<ExperienceMetrics> finished, String measuredOn) {
    List<String> rows = new ArrayList<>();
    rows.add("experience,epoch,train_accuracy," + measuredOn + "_accuracy,seconds");
    for (ExperienceMetrics metrics : finished) {
      for (ExperienceMetrics.Pass pass : metrics.passes()) {
        boolean last = pass.epoch() == metrics.passes().size();
        rows.add(
            String.format(
                Locale.ROOT,
                "%d,%d,%s,%s,%.3f",
                metrics.experience(),
                pass.epoch(),
                pass.train().samples() == 0 ? "" : pass.train().accuracy(),
                last && metrics.test().samples() > 0 ? metrics.test().accuracy() : "",
                pass.seconds()));
      }
    }
    return rows;
  }
}
