package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ContinualMetric;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceStream;
import org.raphe.result.ExperienceList;
import org.raphe.result.MetricResult;

/** A stream and its figures, as result.json says them. */
final class StreamEntry {
  private StreamEntry() {}

  /** The entry {@code stream}. */
  static ExperienceList experiences(
      ExperienceStream stream, AccuracyMatrix matrix, RunEnvironment environment) {
    return new ExperienceList(
        stream.order().classes(),
        stream.classesPerExperience(),
        stream.learned().stream().map(Experience::classes).toList(),
        stream.learned().stream().map(each -> each.train().length).toList(),
        stream.tested().stream().map(Experience::classes).toList(),
        environment.ofTest(matrix.samples()),
        environment.ofValidation(matrix.samples()));
  }

  /** The entry {@code metrics}. */
  static Map<String, MetricResult> metrics(AccuracyMatrix matrix) {
    Map<String, MetricResult> metrics = new LinkedHashMap<>();
    for (ContinualMetric metric : ContinualMetric.of(matrix)) {
      metrics.put(
          metric.name(), new MetricResult(metric.value(), metric.formula(), metric.reason()));
    }
    return metrics;
  }
}
