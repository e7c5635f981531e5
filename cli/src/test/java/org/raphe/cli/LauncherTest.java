package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the launcher {@code raphe} builds and starts: a copy of the script, in a folder whose
 * command line looks built, with a {@code java} that prints its arguments and a {@code mvn} that
 * keeps its.
 */
class LauncherTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void lookBuilt() throws IOException {
    executable(folder.resolve("raphe"), Files.readString(Path.of("..", "raphe")));
    executable(
        folder.resolve("jdk/bin/java"), "#!/bin/sh\nfor one in \"$@\"; do echo \"$one\"; done\n");
    executable(
        folder.resolve("tools/mvn"),
        "#!/bin/sh\nmkdir -p tensor-engine/target benchmarks/target spark/target\necho \"$*\" >> mvn.txt\n");
    build("cli");
  }

  private void build(String module) throws IOException {
    Path target = Files.createDirectories(folder.resolve(module).resolve("target"));
    Path stamp = Files.writeString(target.resolve("built"), "./raphe\n");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }

  /** What the launcher hands to Java, a line an argument. */
  private List<String> launched(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(folder.resolve("raphe").toString()));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("OMP_WAIT_POLICY");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().merge("PATH", folder + "/tools", (old, tools) -> tools + ":" + old);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher ends");
    assertEquals(0, process.exitValue(), printed);
    return printed.lines().toList();
  }

  private String classPath(String arguments) throws Exception {
    List<String> lines = launched(arguments);
    int main = lines.indexOf("org.raphe.cli.Raphe");
    assertEquals(List.of(arguments.split(" ")), lines.subList(main + 1, lines.size()), "handed on");
    return lines.get(lines.indexOf("-cp") + 1);
  }

  private String jars(String... modules) {
    List<String> entries = new ArrayList<>();
    for (String module : modules) {
      String target = folder + "/" + module + "/target";
      entries.add(target + "/raphe-" + module + "-0.1.0.jar");
      entries.add(target + "/lib/*");
    }
    return String.join(":", entries);
  }

  private String built() throws IOException {
    Path calls = folder.resolve("mvn.txt");
    return Files.exists(calls) ? Files.readString(calls) : "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "train --rule bp", "bench", "build", "build benchmark"})
  void nothingIsBuiltUnlessItIsAskedFor(String arguments) throws Exception {
    assertEquals(jars("cli"), classPath(arguments));
    assertEquals("", built());
  }

  /** Java 17 cannot name a file of other letters than the locale's. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "", "de_DE.UTF-8", "C.UTF-8"})
  void namesOfFilesMayHaveAnyLetters(String locale) throws Exception {
    executable(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho \"$LC_ALL\"\n");
    environment.put("LC_ALL", locale);
    environment.put("LC_CTYPE", "");
    environment.put("LANG", "");
    String asked = locale.contains("UTF-8") ? locale : "C.UTF-8";
    assertEquals(List.of(asked), launched("train"));
  }

  @Test
  void whatIsAskedForIsBuiltOnceAndThenUsed() throws Exception {
    assertEquals(jars("cli", "tensor-engine"), classPath("build tensor-engine"));
    String first = built();
    assertTrue(first.contains(" -pl cli,tensor-engine -am package"), first);
    assertEquals(jars("cli", "tensor-engine"), classPath("train --rule naca"));
    assertEquals(first, built(), "it stays built");
    assertEquals(
        jars("cli", "tensor-engine", "benchmarks"), classPath("build benchmarks tensor-engine"));
    assertTrue(built().contains(" -pl cli,tensor-engine,benchmarks -am package"), built());
  }

  /** Java keeps its own packages closed to what does not ask for them. */
  @Test
  void sparkIsOpenedWhatItReachesInto() throws Exception {
    assertTrue(launched("devices").stream().noneMatch(line -> line.startsWith("--add-opens=")));
    environment.put("OMP_WAIT_POLICY", "");
    List<String> lines = launched("build spark");
    assertTrue(lines.contains("--add-opens=java.base/java.nio=ALL-UNNAMED"), lines.toString());
    assertEquals(jars("cli", "spark"), lines.get(lines.indexOf("-cp") + 1));
    assertTrue(lines.contains("-Draphe.engine.passive=false"), "the engine is not there");
  }

  /** Maven is told to be slow, so that the second start finds the first at work. */
  @Test
  void twoFirstBuildsWaitForEachOther() throws Exception {
    executable(
        folder.resolve("tools/mvn"),
        "#!/bin/sh\necho \"begins\" >> mvn.txt\nsleep 1\necho \"ends\" >> mvn.txt\n");
    Files.delete(folder.resolve("cli/target/built"));
    CompletableFuture<List<String>> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return launched("devices");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    List<String> one = launched("devices");
    assertEquals(one, other.get());
    assertEquals("begins\nends\n", built(), "one build, for both");
  }

  @Test
  void whatWasAskedForIsBuiltAgainWhenASourceChanges() throws Exception {
    build("tensor-engine");
    Path source = folder.resolve("core/src/main/java/Changed.java");
    Files.createDirectories(source.getParent());
    Files.createFile(source);
    assertEquals(jars("cli", "tensor-engine"), classPath("devices"));
    assertTrue(built().contains(" -pl cli,tensor-engine -am package"), built());
  }

  private Path source(String name) throws IOException {
    Path file = folder.resolve("core/src/main").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  /** What Maven was asked to do by the launches since the last look. */
  private List<String> goals() throws IOException {
    List<String> goals = built().lines().map(line -> line.replaceFirst(".* -am ", "")).toList();
    Files.deleteIfExists(folder.resolve("mvn.txt"));
    return goals;
  }

  @Test
  void whatWasMadeOfSourcesThatAreGoneIsCleanedAway() throws Exception {
    Path moves = source("with space/moves.h");
    launched("devices");
    assertEquals(List.of("package"), goals(), "a new source needs no cleaning");
    Path stamp = folder.resolve("cli/target/built");
    assertTrue(Files.readString(stamp).contains("./core/src/main/with space/moves.h\n"));
    launched("devices");
    assertEquals(List.of(), goals());
    Files.move(moves, folder.resolve("core/src/main/moved.h"));
    launched("devices");
    assertEquals(List.of("clean package"), goals(), "a moved source does");
    launched("devices");
    assertEquals(List.of(), goals());
    assertTrue(Files.readString(stamp).contains("./core/src/main/moved.h\n"));
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().minusSeconds(60)));
    launched("devices");
    assertEquals(List.of("clean package"), goals(), "of what it was built is not known");
    Files.delete(stamp);
    launched("devices");
    assertEquals(List.of("package"), goals(), "first use");
  }

  /** Of another version, they would stand beside their successors on the class path. */
  @Test
  void librariesOfAnEarlierBuildGo() throws Exception {
    Path old = folder.resolve("cli/target/lib/api-0.1.jar");
    Files.createDirectories(old.getParent());
    Files.createFile(old);
    launched("devices");
    assertTrue(Files.exists(old), "nothing was built");
    launched("build tensor-engine");
    assertFalse(Files.exists(old));
  }

  @Test
  void anArchiveRunsItsJarsAndBuildsNothing() throws Exception {
    assertTrue(launched("devices").contains("-Draphe.started.from=sources"));
    Files.createDirectories(folder.resolve("lib"));
    Files.delete(folder.resolve("cli/target/built"));
    assertEquals(folder + "/lib/*", classPath("build tensor-engine"));
    assertTrue(launched("bench").contains("-Draphe.started.from=archive"));
    assertEquals("", built());
  }

  @Test
  void anArchivePrefersItsOwnJava() throws Exception {
    Files.createDirectories(folder.resolve("lib"));
    executable(folder.resolve("runtime/bin/java"), "#!/bin/sh\necho its own\n");
    assertEquals(List.of("its own"), launched("devices"));
  }

  /** Threads of the engine wait as was measured to be safe, unless the user says how. */
  @Test
  void waitingIsPassiveUnlessItIsChosen() throws Exception {
    executable(
        folder.resolve("jdk/bin/java"),
        "#!/bin/sh\necho \"waits=${OMP_WAIT_POLICY-unset}\"\nfor one in \"$@\"; do echo \"$one\"; done\n");
    String byDefault = "-Draphe.engine.passive=true";
    assertTrue(launched("devices").contains("waits=unset"), "no engine, no setting");
    build("tensor-engine");
    List<String> lines = launched("devices");
    assertTrue(lines.contains("waits=PASSIVE") && lines.contains(byDefault), lines.toString());
    environment.put("OMP_WAIT_POLICY", "ACTIVE");
    lines = launched("devices");
    assertTrue(lines.contains("waits=ACTIVE") && !lines.contains(byDefault), lines.toString());
    environment.put("OMP_WAIT_POLICY", "");
    lines = launched("devices");
    assertTrue(lines.contains("waits=unset") && !lines.contains(byDefault), lines.toString());
  }

  /** Without it an OpenCL runtime that compiles can end the process. */
  @Test
  void javaKeepsItsSignalHandlers() throws Exception {
    Path library = folder.resolve("jdk/lib/libjsig.so");
    executable(folder.resolve("jdk/bin/java"), "#!/bin/sh\necho \"preloaded=$LD_PRELOAD\"\n");
    String before = System.getenv().getOrDefault("LD_PRELOAD", "");
    assertTrue(launched("devices").contains("preloaded=" + before), "no library, no change");
    Files.createDirectories(library.getParent());
    Files.copy(Path.of(System.getProperty("java.home"), "lib", "libjsig.so"), library);
    String expected = library.toRealPath() + (before.isEmpty() ? "" : ":" + before);
    assertTrue(launched("devices").contains("preloaded=" + expected), expected);
  }
}
