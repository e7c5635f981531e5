package org.raphe.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs that differ in their seed alone. */
final class RunGroup {
  /**
   * What makes two runs alike, beside optimizer, learning and the options they were started with.
   */
  private static final List<String> IDENTITY =
      List.of(
          "/rule",
          "/neuron",
          "/protocol",
          "/baseline",
          "/network",
          "/dataset/name",
          "/dataset/train_samples",
          "/dataset/test_samples",
          "/dataset/validation_samples",
          "/stream/classes_per_experience",
          "/command");

  /** What ran them; looked at last to tell groups apart, since bits do not depend on it. */
  private static final List<String> MACHINE =
      List.of(
          "/backend/device",
          "/provenance/version",
          "/provenance/git_commit",
          "/provenance/java",
          "/provenance/cpu");

  private final Map<String, String> identity;
  private final List<Run> runs = new ArrayList<>();
  private String label;
  private int number;

  private RunGroup(Map<String, String> identity) {
    this.identity = identity;
  }

  /**
   * Groups runs. A second run of one seed tells nothing new and is left out.
   *
   * @param repeated takes the runs that were left out
   */
  static List<RunGroup> of(List<Run> runs, List<Run> repeated) {
    Map<Map<String, String>, RunGroup> groups = new LinkedHashMap<>();
    for (Run run : runs) {
      Map<String, String> identity = identity(run);
      RunGroup group = groups.computeIfAbsent(identity, RunGroup::new);
      if (group.runs.stream().anyMatch(other -> other.seed().equals(run.seed()))) {
        repeated.add(run);
      } else {
        group.runs.add(run);
      }
    }
    return new ArrayList<>(groups.values());
  }

  private static Map<String, String> identity(Run run) {
    Map<String, String> identity = new LinkedHashMap<>();
    IDENTITY.forEach(pointer -> identity.put(pointer.substring(1), run.text(pointer)));
    identity.put("accuracy on", run.measuredOn());
    identity.put("epochs", run.continual() ? null : "" + run.result().path("epochs").size());
    for (String object : List.of("optimizer", "learning")) {
      run.result()
          .path(object)
          .properties()
          .forEach(
              entry ->
                  identity.put(
                      ForeignText.of(object + "/" + entry.getKey()),
                      ForeignText.of(plain(entry.getValue()))));
    }
    // A validation split is drawn from the seed, and so is the digest of what is left.
    boolean split = !run.measuredOn().equals("test");
    identity.put("dataset/sha256", split ? null : run.text("/dataset/sha256"));
    identity.put("backend/name", run.text("/backend/name"));
    if (run.settings() != null) {
      Map<String, String> settings = new TreeMap<>(run.settings());
      settings.remove("seed");
      settings.forEach(
          (name, value) -> identity.put("--" + ForeignText.of(name), ForeignText.of(value)));
    }
    MACHINE.forEach(pointer -> identity.put(pointer.substring(1), run.text(pointer)));
    return identity;
  }

  /** 0.0005 rather than 5.0E-4, unless that is longer than people read. */
  private static String plain(JsonNode value) {
    if (!value.isNumber() || Math.abs(Math.log10(Math.abs(value.doubleValue()))) > 9) {
      return value.asText();
    }
    return value.decimalValue().stripTrailingZeros().toPlainString();
  }

  /** Settings by name, as {@code optimizer/learning_rate}; null where a run does not tell one. */
  Map<String, String> identity() {
    return identity;
  }

  /** Names the group within its scope. */
  void name(String shown, int place) {
    label = shown;
    number = place;
  }

  /** A short name that tells it from the other groups of its scope. */
  String label() {
    return label;
  }

  /** Its place among the groups of its scope, which chooses its colour and mark. */
  int number() {
    return number;
  }

  List<Run> runs() {
    return runs;
  }

  Run first() {
    return runs.get(0);
  }

  Spread spread(Function<Run, Double> value) {
    return Spread.of(runs.stream().map(value).toList());
  }

  /** How the operations of its runs were counted; null where they were not. */
  String countedBy() {
    return runs.stream().map(Run::countedBy).filter(by -> by != null).findFirst().orElse(null);
  }
}
