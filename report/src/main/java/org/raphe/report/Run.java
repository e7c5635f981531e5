package org.raphe.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A finished run, as its folder tells it.
 *
 * @param folder its folder
 * @param result the content of {@code result.json}
 * @param settings the options it was started with; null where {@code settings.yaml} is missing
 */
record Run(Path folder, JsonNode result, Map<String, String> settings) {

  String name() {
    return ForeignText.of(folder.toString());
  }

  /** A text, number or truth value; null where there is none. */
  String text(String pointer) {
    JsonNode value = result.at(pointer);
    return value.isValueNode() && !value.isNull() ? ForeignText.of(value.asText()) : null;
  }

  /** A finite number; null where there is none. */
  Double number(String pointer) {
    return number(result.at(pointer));
  }

  static Double number(JsonNode value) {
    return value != null && value.isNumber() && Double.isFinite(value.doubleValue())
        ? (Double) value.doubleValue()
        : null;
  }

  /** A number in 0..1; null where there is none. */
  static Double fraction(JsonNode value) {
    Double number = number(value);
    return number != null && number >= 0 && number <= 1 ? number : null;
  }

  String command() {
    return text("/command");
  }

  boolean continual() {
    return "continual".equals(command());
  }

  String seed() {
    return text("/seed");
  }

  String dataset() {
    return text("/dataset/name");
  }

  /** What accuracy was measured on: {@code test} or {@code validation}. */
  String measuredOn() {
    return result.at("/validation_accuracy").isNumber() ? "validation" : "test";
  }

  /** Accuracy at the end; null where there is none. */
  Double accuracy() {
    if (continual()) {
      Double last = fraction(result.at("/metrics/final_accuracy/value"));
      return last == null ? fraction(result.at("/test_accuracy")) : last;
    }
    return fraction(result.at("/" + measuredOn() + "_accuracy"));
  }

  /** Whether the run's counts come from formulas, as those of an engine's rules do. */
  boolean countedByFormula() {
    return "formula".equals(text("/cost/counted_by"));
  }

  /** How the run's operations were counted; null where they were not. */
  String countedBy() {
    return operations() == null ? null : countedByFormula() ? "formula" : "execution";
  }

  /**
   * Operations of training: accumulates and multiply-accumulates, forward and learning; null where
   * one of them was not counted. A formula counts every forward product as a multiply-accumulate,
   * and accumulates that spikes alone would need not at all.
   */
  Double operations() {
    Double forward = number("/cost/synaptic_operations/forward");
    Double learning = number("/cost/synaptic_operations/learning");
    Double macs = number("/cost/macs");
    if (forward == null && countedByFormula()) {
      forward = 0.0;
    }
    return forward == null || learning == null || macs == null ? null : forward + learning + macs;
  }

  /** Accuracy on {@link #measuredOn} samples by epoch; null where it was not measured. */
  List<Double> accuracies() {
    List<Double> accuracies = new ArrayList<>();
    for (JsonNode epoch : result.path("epochs")) {
      accuracies.add(fraction(epoch.path(measuredOn() + "_accuracy")));
    }
    return accuracies;
  }
}
