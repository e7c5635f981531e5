package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/**
 * Documents are read in a terminal too: their lines are short, their links lead to files, and the
 * classes and commands that they name are there.
 */
class DocumentsTest {
  private static final int WIDEST = 110;
  private static final List<Path> DOCUMENTS = SourceTree.files(".md");

  @Test
  void proseIsNarrow() {
    assertTrue(DOCUMENTS.size() > 10, "documents are read: " + DOCUMENTS.size());
    List<String> wide = new ArrayList<>();
    for (Path document : DOCUMENTS) {
      boolean code = false;
      int number = 0;
      for (String line : SourceTree.text(document).split("\n")) {
        number++;
        code ^= line.startsWith("```");
        if (!code && isProse(line) && line.length() > WIDEST) {
          wide.add(SourceTree.ROOT.relativize(document) + ":" + number + ", " + line.length());
        }
      }
    }
    assertEquals(List.of(), wide, "lines wider than " + WIDEST + " columns");
  }

  /** Tables, code and lines of nothing but a link cannot be broken. */
  private static boolean isProse(String line) {
    return !line.startsWith("|")
        && !line.startsWith("    ")
        && !line.matches("!?\\[[^]]*\\]\\S*|\\[[^]]*\\]: \\S+");
  }

  @Test
  void commentsAreNarrow() {
    List<String> wide = new ArrayList<>();
    for (Path source : SourceTree.mainSources()) {
      int number = 0;
      for (String line : SourceTree.text(SourceTree.ROOT.resolve(source)).split("\n")) {
        number++;
        if (line.matches("\\s*(\\*|//|/\\*).*") && line.length() > WIDEST) {
          wide.add(source + ":" + number + ", " + line.length());
        }
      }
    }
    assertEquals(List.of(), wide, "comments wider than " + WIDEST + " columns");
  }

  @Test
  void linksLeadToFiles() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : DOCUMENTS) {
      String text = SourceTree.text(document);
      List<MatchResult> found = new ArrayList<>(SourceTree.found("\\]\\(([^)\\s]+)\\)", text));
      found.addAll(SourceTree.found("(?m)^\\[[^]]+\\]: (\\S+)$", text));
      for (MatchResult link : found) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (target.isEmpty() || target.matches("[a-z]+:.*")) {
          continue;
        }
        links++;
        if (!Files.exists(document.resolveSibling(target))) {
          broken.add(SourceTree.ROOT.relativize(document) + ": " + link.group(1));
        }
      }
    }
    assertTrue(links > 40, "links are read: " + links);
    assertEquals(List.of(), broken);
  }

  /** Such as Trainer, Signal.OfClass or Model.read: a class, then what stands in its file. */
  @Test
  void classesThatAreNamedAreThere() {
    Map<String, Path> classes = new HashMap<>();
    SourceTree.files(".java")
        .forEach(path -> classes.put(path.getFileName().toString().replace(".java", ""), path));
    List<String> absent = new ArrayList<>();
    int names = 0;
    for (Path document : DOCUMENTS) {
      for (MatchResult name :
          SourceTree.found(
              "`([A-Z][a-z]\\w+)(?:\\.(\\w+))?(?:\\.(\\w+))?`", SourceTree.text(document))) {
        names++;
        if (!isJavas(name.group(1)) && !isThere(name, classes.get(name.group(1)))) {
          absent.add(SourceTree.ROOT.relativize(document) + ": " + name.group());
        }
      }
    }
    assertTrue(names > 100, "names are read: " + names);
    assertEquals(List.of(), absent, "classes, or members, that are named but not there");
  }

  private static boolean isJavas(String name) {
    return name.equals("Math") || name.equals("StrictMath");
  }

  private static boolean isThere(MatchResult name, Path source) {
    if (source == null) {
      return false;
    }
    String text = SourceTree.text(source);
    return IntStream.of(2, 3)
        .mapToObj(name::group)
        .allMatch(part -> part == null || !SourceTree.found("\\b" + part + "\\b", text).isEmpty());
  }

  /**
   * Each line of a raphe command, up to its comment; one that shows a choice in brackets is none.
   */
  @Test
  void commandsAreThoseOfTheCommandLine() {
    List<String> refused = new ArrayList<>();
    int commands = 0;
    for (Path document : DOCUMENTS) {
      for (MatchResult line :
          SourceTree.found(
              "(?m)^    \\./raphe ([^#\\[\\\\\n]+?) *(?:#.*)?$", SourceTree.text(document))) {
        commands++;
        try {
          Raphe.commands().parseArgs(line.group(1).split(" +"));
        } catch (ParameterException e) {
          refused.add(SourceTree.ROOT.relativize(document) + ": " + e.getMessage());
        }
      }
    }
    assertTrue(commands > 40, "commands are read: " + commands);
    assertEquals(List.of(), refused);
  }
}
