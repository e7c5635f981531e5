package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which module the launcher {@code raphe} puts on the class path: a copy of the script, in a folder
 * that looks built, with a {@code java} that prints its arguments.
 */
class LauncherTest {
  @TempDir Path folder;

  @BeforeEach
  void lookBuilt() throws IOException {
    executable(folder.resolve("raphe"), Files.readString(Path.of("..", "raphe")));
    executable(
        folder.resolve("jdk/bin/java"), "#!/bin/sh\nfor one in \"$@\"; do echo \"$one\"; done\n");
    for (String module : List.of("cli", "benchmarks")) {
      Path target = Files.createDirectories(folder.resolve(module).resolve("target"));
      Files.createFile(target.resolve("built"));
    }
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }

  /** What the launcher hands to Java, a line an argument. */
  private List<String> launched(String arguments) throws Exception {
    return launched(0, arguments);
  }

  /** All that is printed by a launch that ends with {@code status}. */
  private List<String> launched(int status, String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(folder.resolve("raphe").toString()));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder
        .environment()
        .merge("PATH", folder.resolve("jdk/bin").toString(), (all, own) -> own + ":" + all);
    if (status == 0) {
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    } else {
      builder.redirectErrorStream(true);
    }
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher ends");
    assertEquals(status, process.exitValue(), printed);
    return printed.lines().toList();
  }

  private void assertModule(String module, String arguments) throws Exception {
    List<String> lines = launched(arguments);
    String classPath = lines.get(lines.indexOf("-cp") + 1);
    assertTrue(
        classPath.startsWith(folder + "/" + module + "/target/raphe-" + module + "-"),
        arguments + " runs with " + classPath);
    int main = lines.indexOf("org.raphe.cli.Raphe");
    assertEquals(List.of(arguments.split(" ")), lines.subList(main + 1, lines.size()), "handed on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "train --rule bp",
        "train --dataset mnist --rule=bptt",
        "train --rule BPTT --quiet",
        "continual --rule bp",
        "continual --neuron rate --rule=ewc --seed 2",
        "continual --rule EWC",
        "sweep --command continual --rules naca,bp,ewc",
        "sweep --rules=bptt,naca",
        "sweep --rules naca --rules bp",
        "continual --rule ewc --resume --out runs/a",
      })
  void engineRulesRunWithTheEngine(String arguments) throws Exception {
    assertModule("benchmarks", arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "train --rule naca",
        "train --out bp",
        "train --rule brp",
        "continual --rule=naca-closed",
        "sweep --rules naca,brp,frozen",
        "evaluate --rule bp",
        "report bp --out ewc",
        "train --config nowhere.yaml",
        "train --resume --out nowhere",
      })
  void othersRunWithoutIt(String arguments) throws Exception {
    assertModule("cli", arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rule: bp\n", "epochs: 3\nrule: \"ewc\" # held\n", "'rule': bptt\n", "rule:   BP"})
  void aConfigFileMayNameTheRule(String text) throws Exception {
    Files.writeString(folder.resolve("own.yaml"), text);
    assertModule("benchmarks", "train --config own.yaml");
    assertModule("benchmarks", "continual --config=own.yaml --quiet");
    assertModule("cli", "train --config own.yaml --rule naca");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rule: naca\n", "network: bp\n", "# rule: bp\n", "rule: bp-other\n"})
  void aConfigFileMayNameAnother(String text) throws Exception {
    Files.writeString(folder.resolve("own.yaml"), text);
    assertModule("cli", "train --config own.yaml");
  }

  @Test
  void aRunGoesOnWithTheRuleOfItsSettings() throws Exception {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("settings.yaml"), "---\ndataset: \"mnist\"\nrule: \"ewc\"\n");
    assertModule("benchmarks", "continual --resume --out run");
    assertModule("cli", "continual --out run");
    Files.writeString(folder.resolve("own.yaml"), "rule: naca");
    assertModule("cli", "continual --resume --out run --config own.yaml");
  }

  @Test
  void anArchiveRunsItsJarsAndBuildsNothing() throws Exception {
    Files.createDirectories(folder.resolve("lib"));
    Files.delete(folder.resolve("cli/target/built"));
    List<String> lines = launched("bench --samples 320");
    assertEquals(folder + "/lib/*", lines.get(lines.indexOf("-cp") + 1));
    List<String> refused = launched(2, "train --rule bp");
    assertEquals(1, refused.size(), refused.toString());
    assertTrue(refused.get(0).startsWith("raphe: the rules bp, bptt and ewc"), refused.get(0));
  }

  /** A source that is older, in time of its last change, than the build. */
  private Path source(String name) throws IOException {
    Path file = folder.resolve("core/src/main").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    return changed(file, -60);
  }

  private static Path changed(Path file, int secondsFromNow) throws IOException {
    return Files.setLastModifiedTime(
        file, FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
  }

  /** What Maven is asked to do by a launch: its goals, or nothing. */
  private String built() throws Exception {
    Path goals = folder.resolve("goals");
    Files.writeString(goals, "");
    executable(
        folder.resolve("jdk/bin/mvn"),
        """
        #!/bin/sh
        for one in "$@"; do
          case "$one" in
            clean) rm -r cli/target; printf "clean " >>goals ;;
            package) mkdir -p cli/target; printf "package" >>goals ;;
          esac
        done
        """);
    launched("devices");
    return Files.readString(goals);
  }

  @Test
  void sourcesThatAreGoneAreCleanedAway() throws Exception {
    Path stays = source("stays.h");
    Path moves = source("with space/moves.h");
    Path stamp = folder.resolve("cli/target/built");
    assertEquals("", built(), "a build whose sources are not known is run while none is newer");
    changed(stays, 1);
    assertEquals("clean package", built(), "and built anew once one is");
    changed(stays, -60);
    assertEquals("", built());
    assertTrue(Files.readString(stamp).contains("./core/src/main/with space/moves.h\n"));
    changed(stays, 60);
    assertEquals("package", built(), "a changed source needs no cleaning");
    changed(stays, -60);
    Files.move(moves, folder.resolve("core/src/main/moved.h"));
    assertEquals("clean package", built(), "a moved source does");
    assertEquals("", built());
    assertTrue(Files.readString(stamp).contains("./core/src/main/moved.h\n"));
    Files.delete(stamp);
    assertEquals("package", built(), "first use");
  }

  @Test
  void anArchivePrefersItsOwnJava() throws Exception {
    Files.createDirectories(folder.resolve("lib"));
    executable(folder.resolve("runtime/bin/java"), "#!/bin/sh\necho its own\n");
    assertEquals(List.of("its own"), launched("devices"));
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
