package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;

/** What docs/ARCHITECTURE.md says of packages, arrows, classes and files is so. */
class ArchitectureTest {
  private static final String DOCUMENT =
      SourceTree.text(SourceTree.ROOT.resolve("docs/ARCHITECTURE.md"));
  private static final Map<String, Set<String>> IMPORTS = SourceTree.imports();

  /** Packages and their modules in the order of the list of rooms. */
  private static Map<String, String> rooms() {
    Map<String, String> rooms = new LinkedHashMap<>();
    for (MatchResult row : SourceTree.found("(?m)^\\| `([\\w-]+)` \\| `([\\w.]+)` \\|", DOCUMENT)) {
      assertEquals(null, rooms.put(row.group(2), row.group(1)), row.group(2) + " is listed twice");
    }
    return rooms;
  }

  @Test
  void theListOfRoomsIsThatOfTheSources() {
    Map<String, String> inSources = new TreeMap<>();
    for (Path source : SourceTree.mainSources()) {
      inSources.put(SourceTree.packageOf(source), source.getName(0).toString());
    }
    assertEquals(inSources, new TreeMap<>(rooms()));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    Set<String> said = new TreeSet<>();
    SourceTree.mainSources().stream()
        .filter(source -> source.endsWith("package-info.java"))
        .forEach(source -> said.add(SourceTree.packageOf(source)));
    assertEquals(IMPORTS.keySet(), said);
  }

  @Test
  void everyPackageUsesOnlyThoseAboveIt() {
    Map<String, String> rooms = rooms();
    List<String> order = new ArrayList<>(rooms.keySet());
    List<String> wrong = new ArrayList<>();
    IMPORTS.forEach(
        (room, used) -> {
          for (String other : used) {
            if (order.indexOf(other) >= order.indexOf(room)) {
              wrong.add(room + " uses " + other + ", which is not above it");
            }
            if ("core".equals(rooms.get(room)) && !"core".equals(rooms.get(other))) {
              wrong.add(room + " of core uses " + other + " of another module");
            }
          }
        });
    assertEquals(List.of(), wrong);
  }

  @Test
  void arrowsThatAreDrawnAreInTheSources() {
    Map<String, Set<String>> uses = new HashMap<>();
    Map<String, String> rooms = rooms();
    IMPORTS.forEach(
        (room, used) -> {
          for (String other : used) {
            arrow(uses, rooms.getOrDefault(room, room), rooms.getOrDefault(other, other));
            arrow(uses, room, other);
          }
        });
    List<MatchResult> arrows =
        SourceTree.found("(?m)^  ([\\w.-]+)(?:\\[\"([\\w.]+)\"\\])? --> ([\\w.-]+)$", DOCUMENT);
    assertTrue(arrows.size() > 20, "the diagrams are read: " + arrows.size() + " arrows");
    for (MatchResult arrow : arrows) {
      String from = arrow.group(2) == null ? arrow.group(1) : arrow.group(2);
      String to = arrow.group(3);
      boolean modules = rooms.containsValue(from) && rooms.containsValue(to);
      String user = modules ? from : "org.raphe." + from;
      String used = modules ? to : "org.raphe." + to;
      assertTrue(
          uses.getOrDefault(user, Set.of()).contains(used),
          arrow.group() + " is drawn, but " + user + " does not use " + used);
    }
  }

  private static void arrow(Map<String, Set<String>> uses, String from, String to) {
    uses.computeIfAbsent(from, none -> new TreeSet<>()).add(to);
  }

  @Test
  void kernelFilesThatAreNamedAreThere() {
    Path shared =
        SourceTree.ROOT.resolve("kernels-shared/src/main/resources/org/raphe/kernels/shared");
    List<MatchResult> files = SourceTree.found("`(\\w+\\.(?:kernel|h))`", DOCUMENT);
    assertFalse(files.isEmpty());
    for (MatchResult file : files) {
      boolean isLanguage = file.group(1).equals("language.h");
      Path folder =
          isLanguage
              ? SourceTree.ROOT.resolve("kernels-cuda/src/main/resources/org/raphe/kernels/cuda")
              : shared;
      assertTrue(Files.isRegularFile(folder.resolve(file.group(1))), file.group() + " is named");
    }
  }
}
