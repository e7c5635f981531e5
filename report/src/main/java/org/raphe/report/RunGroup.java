package org.raphe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs that differ in their seed alone. */
final class RunGroup {
  /** What makes two runs alike, the most telling first. */
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
          "/command",
          "/backend/name",
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
    List<RunGroup> all = new ArrayList<>(groups.values());
    name(all);
    return all;
  }

  private static Map<String, String> identity(Run run) {
    Map<String, String> identity = new LinkedHashMap<>();
    for (String pointer : IDENTITY) {
      identity.put(pointer.substring(1), run.text(pointer));
    }
    for (String object : List.of("optimizer", "learning")) {
      run.result()
          .path(object)
          .properties()
          .forEach(
              entry ->
                  identity.put(
                      ForeignText.of(object + "/" + entry.getKey()),
                      ForeignText.of(entry.getValue().asText())));
    }
    if (run.measuredOn().equals("test")) {
      identity.put("dataset/sha256", run.text("/dataset/sha256"));
    }
    identity.put("epochs", run.continual() ? null : "" + run.result().path("epochs").size());
    if (run.settings() != null) {
      Map<String, String> settings = new TreeMap<>(run.settings());
      settings.remove("seed");
      settings.forEach(
          (name, value) -> identity.put("--" + ForeignText.of(name), ForeignText.of(value)));
    }
    return identity;
  }

  /** Labels that tell the groups apart: rule and unit, then what else differs. */
  private static void name(List<RunGroup> groups) {
    List<String> parts = new ArrayList<>(List.of("rule", "neuron", "protocol"));
    Function<RunGroup, List<String>> labels =
        group -> parts.stream().map(group.identity::get).toList();
    while (groups.stream().map(labels).distinct().count() < groups.size()) {
      long before = groups.stream().map(labels).distinct().count();
      String next = null;
      for (String key : keys(groups)) {
        parts.add(key);
        boolean tells = groups.stream().map(labels).distinct().count() > before;
        parts.remove(parts.size() - 1);
        if (tells) {
          next = key;
          break;
        }
      }
      parts.add(next);
    }
    for (int k = 0; k < groups.size(); k++) {
      groups.get(k).number = k;
      groups.get(k).label = groups.get(k).label(parts);
    }
  }

  private static List<String> keys(List<RunGroup> groups) {
    return groups.stream().flatMap(group -> group.identity.keySet().stream()).distinct().toList();
  }

  private String label(List<String> parts) {
    StringBuilder text = new StringBuilder(identity.get("rule").toUpperCase(Locale.ROOT));
    text.append("lif".equals(identity.get("neuron")) ? " spiking" : " " + identity.get("neuron"));
    for (String part : parts.subList(2, parts.size())) {
      String value = identity.get(part);
      if (value != null) {
        boolean plain = part.equals("network") || part.equals("protocol");
        String name = part.replaceFirst("^(optimizer|learning|provenance|backend)/", "");
        text.append(", ").append(plain ? value : name.replace('_', ' ') + " " + value);
      }
    }
    return ForeignText.of(text.toString());
  }

  /** A short name that tells it from the other groups. */
  String label() {
    return label;
  }

  /** Its place among the groups, which chooses its colour. */
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
}
