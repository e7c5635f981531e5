package org.raphe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java file of main code, read as far as its shape goes.
 *
 * @param path the file, within the repository
 * @param text all of it
 */
record JavaSource(String path, String text) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A comment, a text block, a string or a character: the first of them that begins. */
  private static final Pattern NO_CODE =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])*+'",
          Pattern.DOTALL);

  private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record)\\s+\\w+");
  private static final Pattern ANNOTATION = Pattern.compile("@\\w+(?:\\s*\\([^()]*\\))?");
  private static final Pattern METHOD = Pattern.compile("(\\w+)\\s*\\(");

  /**
   * A method or constructor.
   *
   * @param name of the file's class and its own, such as {@code Trainer.run}
   * @param lines from its first annotation or word to its closing brace
   */
  record Method(String name, int lines) {}

  /** All main code of the repository. */
  static List<JavaSource> ofMain() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(ROOT::relativize)
          .filter(file -> file.toString().matches("[\\w-]+/src/main/java/.*\\.java"))
          .sorted()
          .map(JavaSource::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaSource read(Path file) {
    try {
      return new JavaSource(
          file.toString().replace('\\', '/'), Files.readString(ROOT.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String module() {
    return path.substring(0, path.indexOf('/'));
  }

  int lines() {
    return (int) text.lines().count();
  }

  /** String literals and text blocks, with their quotes. */
  List<String> literals() {
    return NO_CODE
        .matcher(text)
        .results()
        .map(found -> found.group())
        .filter(found -> found.startsWith("\""))
        .toList();
  }

  /** The text with all that is no code blanked out, line for line. */
  private String code() {
    return NO_CODE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(found.group().replaceAll("[^\\n]", " ")));
  }

  /** Methods and constructors with a body, innermost first. */
  List<Method> methods() {
    String code = code();
    String type = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
    List<Method> methods = new ArrayList<>();
    Deque<Block> open = new ArrayDeque<>();
    int from = 0;
    for (int at = 0; at < code.length(); at++) {
      char c = code.charAt(at);
      if (c == '{') {
        open.push(Block.of(code.substring(from, at), from, open.peek()));
      } else if (c == '}') {
        Block closed = open.pop();
        if (closed.kind == Kind.METHOD) {
          int lines = (int) code.substring(closed.start, at).chars().filter(n -> n == '\n').count();
          methods.add(new Method(type + "." + closed.name, lines + 1));
        }
      }
      if (c == '{' || c == '}' || c == ';') {
        from = at + 1;
      }
    }
    return methods;
  }

  private enum Kind {
    TYPE,
    METHOD,
    OTHER
  }

  /** Something between braces, by what stands before them. */
  private record Block(Kind kind, String name, int start) {
    static Block of(String head, int from, Block around) {
      int start = from + head.length() - head.stripLeading().length();
      String said = ANNOTATION.matcher(head).replaceAll("");
      if (TYPE.matcher(said).find()) {
        return new Block(Kind.TYPE, "", start);
      }
      boolean member = around != null && around.kind == Kind.TYPE && !said.contains("=");
      if (!member) {
        return new Block(Kind.OTHER, "", start);
      }
      Matcher named = METHOD.matcher(said);
      return new Block(Kind.METHOD, named.find() ? named.group(1) : said.strip(), start);
    }
  }
}
