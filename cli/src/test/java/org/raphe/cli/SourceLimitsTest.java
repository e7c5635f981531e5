package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Files and methods of main code stay short, and what a library says is not of a command line. */
class SourceLimitsTest {
  private static final int FILE = 400;
  private static final int METHOD = 40;

  /** Files that are longer, each for a reason. */
  private static final Set<String> LONG_FILES = Set.of();

  /** Methods that are longer; the comment on each says why. */
  private static final Set<String> LONG_METHODS =
      Set.of(
          "PlainKernels.credit",
          "VectorCurrents.integratePair",
          "VectorCurrents.integrateTen",
          "VectorMembranes.creditStep",
          "VectorProducts.five",
          "VectorProducts.four",
          "VectorSamples.ones",
          "VectorSamples.pairs",
          "VectorSites.five",
          "VectorSites.fivePairs",
          "VectorSites.fourteenPairs",
          "VectorSpikes.drawQuad");

  /** Modules of which programs without a command line are made. */
  private static final Set<String> LIBRARIES =
      Set.of("core", "datasets", "java-bindings", "nir", "tensor-engine");

  /** An option of Java itself, which it is told by whatever starts it. */
  private static final String OF_JAVA = "--add-modules";

  private static final List<JavaSource> SOURCES = JavaSource.ofMain();

  @Test
  void filesHaveAtMost400Lines() {
    assertTrue(SOURCES.size() > 300, "the sources are found: " + SOURCES.size());
    Set<String> longer = new TreeSet<>();
    SOURCES.stream().filter(source -> source.lines() > FILE).forEach(s -> longer.add(s.path()));
    assertEquals(new TreeSet<>(LONG_FILES), longer);
  }

  @Test
  void methodsHaveAtMost40LinesOrAReason() {
    Set<String> longer = new TreeSet<>();
    int methods = 0;
    for (JavaSource source : SOURCES) {
      for (JavaSource.Method method : source.methods()) {
        methods++;
        if (method.lines() > METHOD) {
          longer.add(method.name());
        }
      }
    }
    assertTrue(methods > 2000, "the methods are found: " + methods);
    assertEquals(new TreeSet<>(LONG_METHODS), longer);
  }

  @Test
  void aMethodIsCountedFromItsSignatureToItsBrace() {
    JavaSource source =
        new JavaSource(
            "core/src/main/java/A.java",
            """
            class A {
              int[] b = {1, 2};
              /** Not { this. */
              @Override
              int c(int d) {
                if (d > 0) { // nor this }
                  return "}".length();
                }
                return new Object() { int e() { return 1; } }.e();
              }
              A() {}
            }
            """);
    assertEquals(
        List.of(new JavaSource.Method("A.c", 7), new JavaSource.Method("A.A", 1)),
        source.methods());
    assertEquals(List.of("\"}\""), source.literals());
  }

  /** They speak of settings; the command line knows what its options are called. */
  @Test
  void librariesNameNoOptionOfTheCommandLine() {
    List<String> wrong = new ArrayList<>();
    for (JavaSource source : SOURCES) {
      if (LIBRARIES.contains(source.module())) {
        source.literals().stream()
            .filter(literal -> literal.replace(OF_JAVA, "").matches("(?s).*--[a-z].*"))
            .forEach(literal -> wrong.add(source.path() + ": " + literal));
      }
    }
    assertEquals(List.of(), wrong);
  }
}
