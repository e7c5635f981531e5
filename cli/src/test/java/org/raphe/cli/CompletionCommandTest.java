package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** The script of {@code raphe completion} in a bash that completes by it. */
class CompletionCommandTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void print() throws Exception {
    assumeTrue(Files.isExecutable(BASH), "no bash is here");
    Invocation printed = Invocation.of("completion", "bash").assertDone();
    assertEquals("", printed.err());
    assertEquals(printed, Invocation.of("completion", "zsh"), "one script for both");
    script = Files.writeString(folder.resolve("completion"), printed.out());
  }

  private String bash(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(BASH.toString(), "--norc"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "bash ends");
    assertEquals(0, process.exitValue(), printed);
    return printed;
  }

  /** What bash offers for the last of the words. */
  private Set<String> offered(String... words) throws Exception {
    String line =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; %s; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(
                script,
                "'" + String.join("' '", words) + "'",
                words.length - 1,
                // The function that bash is told to call for the command, whatever its name.
                "$(complete -p raphe | sed 's/.*-F \\([^ ]*\\) .*/\\1/')");
    return new TreeSet<>(bash("-c", line).lines().map(String::strip).toList());
  }

  @Test
  void itIsAScriptOfBash() throws Exception {
    assertEquals("", bash("-n", script.toString()));
  }

  @Test
  void everyCommandIsOffered() throws Exception {
    Set<String> all = offered("raphe", "");
    Set<String> commands = Raphe.commands().getSubcommands().keySet();
    assertTrue(all.containsAll(commands), all + " lacks some of " + commands);
    assertEquals(Set.of("train"), offered("raphe", "tr"));
  }

  @Test
  void everyOptionOfEveryCommandIsOffered() throws Exception {
    for (var command : Raphe.commands().getSubcommands().entrySet()) {
      Set<String> offered = offered("raphe", command.getKey(), "-");
      for (OptionSpec option : command.getValue().getCommandSpec().options()) {
        assertTrue(
            option.hidden() || offered.contains(option.longestName()),
            command.getKey() + " " + option.longestName() + " is not among " + offered);
      }
    }
  }

  @Test
  void modulesToBuildAreOffered() throws Exception {
    assertEquals(Set.of("tensor-engine"), offered("raphe", "build", "t"));
  }
}
