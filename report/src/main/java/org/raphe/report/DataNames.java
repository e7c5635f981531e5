package org.raphe.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names of the runs' data sets by which a reader tells them apart. A folder or file of one's own is
 * called by its last name alone, so that two that differ may be called the same.
 */
final class DataNames {
  private static final int DIGITS = 8;

  /** Paths and digests that are of one data set lead to one another. */
  private final Map<String, String> joined = new HashMap<>();

  private DataNames() {}

  /** The data set of each run, by a name that no other data set of these runs has. */
  static Map<Run, String> of(List<Run> runs) {
    Map<Run, String> names = new IdentityHashMap<>();
    runs.stream()
        .collect(Collectors.groupingBy(Run::dataset, LinkedHashMap::new, Collectors.toList()))
        .forEach((name, alike) -> new DataNames().distinguish(name, alike, names));
    return names;
  }

  /** Runs share their data if they were given the same path or used the same samples. */
  private void distinguish(String name, List<Run> runs, Map<Run, String> names) {
    for (Run run : runs) {
      if (run.dataSha256() != null) {
        join("path " + source(run), "digest " + run.dataSha256());
      }
    }
    Map<String, List<Run>> sets =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> root("path " + source(run)), LinkedHashMap::new, Collectors.toList()));
    List<String> distinct =
        sets.size() < 2
            ? List.of(name)
            : distinct(name, sets.values().stream().map(members -> members.get(0)).toList());
    int set = 0;
    for (List<Run> members : sets.values()) {
      String chosen = ForeignText.of(distinct.get(set++));
      members.forEach(run -> names.put(run, chosen));
    }
  }

  private void join(String one, String other) {
    String from = root(one);
    String to = root(other);
    if (!from.equals(to)) {
      joined.put(from, to);
    }
  }

  private String root(String node) {
    String at = node;
    while (joined.containsKey(at)) {
      at = joined.get(at);
    }
    return at;
  }

  /**
   * The path that a run was given for its data; empty where it was given a name, or none is known.
   */
  private static String source(Run run) {
    Map<String, String> settings = run.settings() == null ? Map.of() : run.settings();
    String dataset = settings.getOrDefault("dataset", "");
    return settings.getOrDefault("data", dataset.matches("(?s).*[/\\\\].*") ? dataset : "");
  }

  /** As much of the ends of their paths as distinguishes them; else a digest's beginning. */
  private static List<String> distinct(String name, List<Run> firsts) {
    int longest = firsts.stream().mapToInt(run -> parts(run).size()).max().orElse(0);
    for (int length = 1; length <= longest; length++) {
      int most = length;
      List<String> ends = firsts.stream().map(run -> end(name, parts(run), most)).toList();
      if (new HashSet<>(ends).size() == ends.size()) {
        return ends;
      }
    }
    List<String> names = new ArrayList<>();
    for (Run run : firsts) {
      String digest = run.dataSha256() == null ? "unknown" : run.dataSha256();
      String beginning = digest.substring(0, Math.min(DIGITS, digest.length()));
      names.add(name + " " + (names.size() + 1) + " (SHA-256 " + beginning + ")");
    }
    return names;
  }

  private static List<String> parts(Run run) {
    return List.of(source(run).replaceFirst("^[/\\\\]+", "").split("[/\\\\]+"));
  }

  private static String end(String name, List<String> parts, int most) {
    List<String> last = parts.subList(Math.max(0, parts.size() - most), parts.size());
    String path = String.join("/", last);
    return path.isEmpty() ? name : path.endsWith(name) ? path : name + " (" + path + ")";
  }
}
