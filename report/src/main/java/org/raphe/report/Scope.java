package org.raphe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What may stand in one plot: groups of one command, on one data set, measured on the same part of
 * it.
 *
 * @param number its place among the scopes, for names of files
 */
record Scope(
    int number, boolean continual, String dataset, String measuredOn, List<RunGroup> groups) {

  static List<Scope> of(List<RunGroup> groups) {
    Map<List<Object>, List<RunGroup>> by = new LinkedHashMap<>();
    for (RunGroup group : groups) {
      Run run = group.first();
      List<Object> key = List.of(run.continual(), group.dataset(), run.measuredOn());
      by.computeIfAbsent(key, k -> new ArrayList<>()).add(group);
    }
    GroupLabels.name(List.copyOf(by.values()));
    List<Scope> scopes = new ArrayList<>();
    for (List<RunGroup> members : by.values()) {
      RunGroup first = members.get(0);
      scopes.add(
          new Scope(
              scopes.size() + 1,
              first.first().continual(),
              first.dataset(),
              first.first().measuredOn(),
              members));
    }
    return scopes;
  }

  /** Whether labels changed their meaning. */
  boolean changing() {
    return groups.get(0).first().volatileStream() != null;
  }

  /** Whether it is of studies of many learners. */
  boolean studied() {
    return groups.get(0).first().study() != null;
  }

  /** Whether features were permuted, task by task. */
  boolean permuted() {
    return groups.get(0).first().permutedStream() != null;
  }

  /** A section's name within the page; data sets' names are not fit for it. */
  String id(String what) {
    return what + "-" + number;
  }

  /** What the sections of the scope are about, above their titles. */
  String part() {
    if (studied()) {
      return dataset + ", learners side by side";
    }
    if (permuted()) {
      return dataset + ", tasks of permuted features";
    }
    return dataset
        + (changing()
            ? ", labels that change their meaning"
            : (continual ? ", class-continual, " : ", classification, ") + measuredOn + " samples");
  }

  /** A section of this scope. */
  Section section(String id, String title) {
    return new Section(id(id), title).part(part());
  }

  /** {@code test accuracy} or {@code validation accuracy}, and of what. */
  String accuracyName() {
    return measuredOn + " accuracy" + (continual ? ", all experiences, at the end" : "");
  }

  /** How many runs of these groups lack something, in words; null if none does. */
  static String lacking(List<RunGroup> groups, Predicate<Run> lacks, String what) {
    List<Run> all = groups.stream().flatMap(group -> group.runs().stream()).toList();
    List<String> names = all.stream().filter(lacks).map(Run::name).toList();
    if (names.isEmpty()) {
      return null;
    }
    String some = String.join(", ", names.subList(0, Math.min(3, names.size())));
    return String.format(
        Locale.ROOT,
        "%d of %d runs %s: %s%s.",
        names.size(),
        all.size(),
        what,
        some,
        names.size() > 3 ? " and others" : "");
  }
}
