package org.raphe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the repository that tests of its documents look at. */
final class SourceTree {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> PASSED_OVER = Set.of("target", "runs", ".git");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?(org\\.raphe(?:\\.[a-z]\\w*)*)\\.[A-Z]");

  private SourceTree() {}

  /** Files whose name ends so, but those that a build or a run has left. */
  static List<Path> files(String ending) {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(path -> path.getFileName().toString().endsWith(ending))
          .filter(Files::isRegularFile)
          .filter(SourceTree::isSource)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSource(Path path) {
    for (Path part : ROOT.relativize(path)) {
      if (PASSED_OVER.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java's main sources, by path within the repository: a module comes first. */
  static List<Path> mainSources() {
    return files(".java").stream()
        .map(ROOT::relativize)
        .filter(path -> path.toString().contains("src/main/java"))
        .toList();
  }

  /** The package of a source. */
  static String packageOf(Path source) {
    Matcher named = PACKAGE.matcher(text(ROOT.resolve(source)));
    if (!named.find()) {
      throw new IllegalStateException(source + " names no package");
    }
    return named.group(1);
  }

  /** Of each package of the main sources, the packages of the project that it imports. */
  static Map<String, Set<String>> imports() {
    Map<String, Set<String>> all = new TreeMap<>();
    for (Path source : mainSources()) {
      String own = packageOf(source);
      Set<String> used = all.computeIfAbsent(own, none -> new TreeSet<>());
      IMPORT
          .matcher(text(ROOT.resolve(source)))
          .results()
          .map(found -> found.group(1))
          .filter(other -> !other.equals(own))
          .forEach(used::add);
    }
    return all;
  }

  /** What a pattern finds in a text. */
  static List<MatchResult> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }
}
