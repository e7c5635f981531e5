package org.raphe.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What Maven Central asks of an artefact, of those that this build has made (profile dist). */
class PublishedTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Document PARENT = pom(ROOT);
  private static final String VERSION = text(PARENT, "/project/version");

  private static Document pom(Path folder) {
    try (InputStream in = Files.newInputStream(folder.resolve("pom.xml"))) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    } catch (Exception e) {
      throw new IllegalStateException("cannot read the pom.xml of " + folder, e);
    }
  }

  private static List<String> texts(Document document, String path) {
    try {
      NodeList found =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate(path, document, XPathConstants.NODESET);
      return IntStream.range(0, found.getLength())
          .mapToObj(k -> found.item(k).getTextContent().strip())
          .toList();
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  private static String text(Document document, String path) {
    List<String> texts = texts(document, path);
    assertEquals(1, texts.size(), path + " in " + texts(document, "/project/artifactId"));
    assertFalse(texts.get(0).isEmpty(), path);
    return texts.get(0);
  }

  private static boolean isPublished(String module) {
    return !texts(pom(ROOT.resolve(module)), "/project/properties/maven.deploy.skip")
        .contains("true");
  }

  /** Modules that are libraries: all that do not say otherwise, but for the bill of materials. */
  static Stream<String> libraries() {
    return texts(PARENT, "//modules/module").stream()
        .filter(module -> !module.equals("bom") && isPublished(module));
  }

  private static Path artefact(String module, String suffix) {
    String name = text(pom(ROOT.resolve(module)), "/project/artifactId");
    return ROOT.resolve(module).resolve("target").resolve(name + "-" + VERSION + suffix + ".jar");
  }

  private static Set<String> entries(Path jar) throws IOException {
    assertTrue(Files.isRegularFile(jar), jar + " is not there; build with -Pdist");
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
    }
  }

  private static Set<String> sources(String module) throws IOException {
    Path folder = ROOT.resolve(module).resolve("src/main/java");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void thereAreLibraries() {
    List<String> libraries = libraries().toList();
    assertTrue(libraries.containsAll(List.of("core", "nir", "cli")), libraries.toString());
    for (String other : List.of("examples", "benchmarks", "distribution", "published")) {
      assertFalse(libraries.contains(other), other);
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryHasItsSources(String module) throws IOException {
    Set<String> packed = entries(artefact(module, "-sources"));
    Set<String> missing = sources(module);
    assertFalse(missing.isEmpty());
    missing.removeAll(packed);
    assertEquals(Set.of(), missing);
  }

  /** Of every package that has a public type. */
  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryHasItsDocumentation(String module) throws IOException {
    Set<String> packed = entries(artefact(module, "-javadoc"));
    assertTrue(packed.contains("index.html"), packed.toString());
    Path folder = ROOT.resolve(module).resolve("src/main/java");
    List<String> missing = new ArrayList<>();
    int types = 0;
    for (String source : sources(module)) {
      String name = source.replaceFirst(".*/", "").replace(".java", "");
      boolean isPublic =
          Files.readString(folder.resolve(source))
              .matches("(?s).*\\npublic [a-z -]*(class|interface|record|enum) " + name + "\\b.*");
      if (isPublic) {
        types++;
        if (!packed.contains(source.replace(".java", ".html"))) {
          missing.add(source);
        }
      }
    }
    assertTrue(types > 0, "no public type");
    assertEquals(List.of(), missing);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryHasClassesAndItsDescription(String module) throws IOException {
    Set<String> packed = entries(artefact(module, ""));
    String name = text(pom(ROOT.resolve(module)), "/project/artifactId");
    assertTrue(packed.contains("META-INF/maven/org.raphe/" + name + "/pom.xml"), name);
    assertTrue(packed.stream().anyMatch(entry -> entry.endsWith(".class")), name);
  }

  /** Nothing in a jar is of the time or place where it was built. */
  @ParameterizedTest
  @MethodSource("libraries")
  void entriesHaveTheTimeThatThePomSays(String module) throws IOException {
    Instant said = Instant.parse(text(PARENT, "/project/properties/project.build.outputTimestamp"));
    LocalDateTime expected = LocalDateTime.ofInstant(said, ZoneOffset.UTC);
    for (String suffix : List.of("", "-sources", "-javadoc")) {
      try (JarFile jar = new JarFile(artefact(module, suffix).toFile())) {
        jar.stream()
            .forEach(entry -> assertEquals(expected, entry.getTimeLocal(), entry.getName()));
      }
    }
  }

  private static void assertDescribed(Document pom) {
    for (String path :
        List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      text(pom, "/project/" + path);
    }
  }

  @Test
  void descriptionsAreWhole() {
    assertDescribed(PARENT);
    assertDescribed(pom(ROOT.resolve("bom")));
    for (String path : List.of("url", "scm/url", "scm/connection", "licenses/license/url")) {
      assertEquals(
          text(PARENT, "/project/" + path), text(pom(ROOT.resolve("bom")), "/project/" + path));
    }
    List<String> modules = new ArrayList<>(libraries().toList());
    modules.add("bom");
    for (String module : modules) {
      Document pom = pom(ROOT.resolve(module));
      text(pom, "/project/name");
      text(pom, "/project/description");
      assertEquals(List.of(), texts(pom, "//repository|//dependency[scope='system']"), module);
    }
    assertFalse(VERSION.contains("SNAPSHOT"), VERSION);
    assertTrue(VERSION.matches("\\d+\\.\\d+\\.\\d+"), VERSION);
  }

  @Test
  void theBillOfMaterialsListsEveryLibrary() {
    Document bom = pom(ROOT.resolve("bom"));
    Set<String> expected =
        libraries()
            .map(module -> text(pom(ROOT.resolve(module)), "/project/artifactId"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(expected, new TreeSet<>(texts(bom, "//dependency/artifactId")));
    assertEquals(Set.of(VERSION), Set.copyOf(texts(bom, "//dependency/version|/project/version")));
    assertEquals(Set.of("org.raphe"), Set.copyOf(texts(bom, "//groupId")));
    assertEquals(List.of(), texts(bom, "/project/parent"));
  }

  @Test
  void documentsNameTheVersion() throws IOException {
    assertTrue(
        Files.readString(ROOT.resolve("CITATION.cff")).contains("\nversion: " + VERSION + "\n"));
    assertTrue(Files.readString(ROOT.resolve("CHANGELOG.md")).contains("\n## [" + VERSION + "]"));
  }
}
