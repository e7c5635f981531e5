package org.raphe.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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

  /** Counted operations of training: accumulates and multiply-accumulates, forward and learning. */
  Double operations() {
    Double forward = number("/cost/synaptic_operations/forward");
    Double learning = number("/cost/synaptic_operations/learning");
    Double macs = number("/cost/macs");
    return forward == null || learning == null || macs == null ? null : forward + learning + macs;
  }
}
