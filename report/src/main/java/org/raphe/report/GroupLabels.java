package org.raphe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names that distinguish the groups of a scope: rule and unit, then settings that differ. */
final class GroupLabels {
  /** Named wherever they differ, even where the rule alone would distinguish the groups. */
  private static final List<String> TELLING =
      List.of(
          "protocol",
          "baseline",
          "learning/gate",
          "network",
          "dataset/train_samples",
          "stream/classes_per_experience",
          "epochs",
          "optimizer/name",
          "optimizer/learning_rate");

  private static final Set<String> PLAIN = Set.of("network", "protocol", "optimizer/name");

  private GroupLabels() {}

  /**
   * Gives groups their labels and numbers and sorts those of each scope by them. A setting that
   * stands in more than one scope of a command has one label, and one label has one number.
   *
   * @param scopes the groups of each scope
   */
  static void name(List<List<RunGroup>> scopes) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    scopes.stream()
        .collect(
            Collectors.groupingBy(
                groups -> groups.get(0).first().command(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(alike -> nameAlike(alike, numbers));
  }

  /** Of scopes of one command: what another command's differ in would make their labels long. */
  private static void nameAlike(List<List<RunGroup>> scopes, Map<String, Integer> numbers) {
    List<String> parts = parts(scopes);
    for (List<RunGroup> groups : scopes) {
      groups.sort(
          Comparator.comparing((RunGroup group) -> label(group, parts))
              .thenComparing(group -> group.first().name()));
      for (RunGroup group : groups) {
        String label = label(group, parts);
        group.name(label, numbers.computeIfAbsent(label, k -> numbers.size()));
      }
    }
  }

  /** The settings whose values make a label: those that distinguish groups of some scope. */
  private static List<String> parts(List<List<RunGroup>> scopes) {
    List<String> parts = new ArrayList<>(List.of("rule", "neuron"));
    TELLING.stream()
        .filter(key -> scopes.stream().anyMatch(groups -> values(groups, key) > 1))
        .forEach(parts::add);
    scopes.forEach(groups -> addDistinguishing(groups, parts));
    return parts;
  }

  private static void addDistinguishing(List<RunGroup> groups, List<String> parts) {
    while (distinct(groups, parts) < groups.size()) {
      long before = distinct(groups, parts);
      for (String key : keys(groups)) {
        parts.add(key);
        if (distinct(groups, parts) > before) {
          break;
        }
        parts.remove(parts.size() - 1);
      }
      if (distinct(groups, parts) == before) {
        throw new IllegalStateException("groups of the same settings");
      }
    }
  }

  private static long distinct(List<RunGroup> groups, List<String> parts) {
    return groups.stream()
        .map(group -> parts.stream().map(group.identity()::get).toList())
        .distinct()
        .count();
  }

  /** How many values a setting has among the groups that use it. */
  private static long values(List<RunGroup> groups, String key) {
    return groups.stream()
        .map(group -> group.identity().get(key))
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }

  private static boolean differs(List<RunGroup> groups, String key) {
    return groups.stream()
            .map(group -> String.valueOf(group.identity().get(key)))
            .distinct()
            .count()
        > 1;
  }

  private static List<String> keys(List<RunGroup> groups) {
    return groups.stream().flatMap(group -> group.identity().keySet().stream()).distinct().toList();
  }

  private static String label(RunGroup group, List<String> parts) {
    StringBuilder text = new StringBuilder(ruleAndUnit(group));
    for (String part : parts.subList(2, parts.size())) {
      String value = group.identity().get(part);
      // An analytic baseline stands in the place of the rule already.
      if (value != null && !value.equals(group.identity().get("rule"))) {
        text.append(", ").append(PLAIN.contains(part) ? value : name(part) + " " + value);
      }
    }
    return ForeignText.of(text.toString());
  }

  /** Rule and unit alone, as {@code NACA spiking}; an analytic baseline has no unit. */
  static String ruleAndUnit(RunGroup group) {
    String neuron = group.identity().get("neuron");
    String rule = group.identity().get("rule").toUpperCase(Locale.ROOT);
    return neuron == null ? rule : rule + " " + ("lif".equals(neuron) ? "spiking" : neuron);
  }

  /** A setting's name as it is shown. */
  static String name(String key) {
    return key.replaceFirst("^optimizer/name$", "optimizer")
        .replaceFirst("^dataset/name$", "data set")
        .replaceFirst("^(optimizer|learning|provenance|dataset|stream)/", "")
        .replaceFirst("^backend/name$", "backend")
        .replaceFirst("^(backend|baseline_settings)/", "")
        .replace('_', ' ');
  }

  /** Settings in which the groups differ. */
  static List<String> differing(List<RunGroup> groups) {
    return keys(groups).stream().filter(key -> differs(groups, key)).toList();
  }

  /** Settings that all groups share, in words. */
  static String shared(List<RunGroup> groups) {
    Map<String, String> first = groups.get(0).identity();
    Set<String> named = new TreeSet<>();
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, String> setting : first.entrySet()) {
      // Options are what the other entries were made of; what ran them stands in the provenance.
      boolean own =
          setting.getValue() != null
              && !setting.getKey().matches("(?s)(--|provenance/|backend/|dataset/sha256).*");
      if (own && !differs(groups, setting.getKey()) && named.add(name(setting.getKey()))) {
        words.add(name(setting.getKey()) + " " + setting.getValue());
      }
    }
    return String.join(", ", words);
  }
}
