package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of {@code raphe} in processes of its own, with the engine on the class path. */
final class EngineProcess {
  private static final long MOST_SECONDS = 120;

  private final Path log;
  private final String command;

  /**
   * @param folder where what is printed is kept
   */
  EngineProcess(Path folder, String command) {
    log = folder.resolve("log");
    this.command = command;
  }

  private Process start(Path out, String... more) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx384m", "--add-modules", "jdk.incubator.vector"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.raphe.cli.Raphe"));
    line.addAll(List.of(command, "--out", out.toString()));
    line.addAll(Arrays.asList(more));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Runs and asserts the exit status. */
  void run(int status, Path out, String... more) throws Exception {
    Process process = start(out, more);
    assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), this::log);
    assertEquals(status, process.exitValue(), log());
  }

  /** Runs until a checkpoint stands, and sends SIGTERM. */
  void runAndTerminate(Path out, String... more) throws Exception {
    Process process = start(out, more);
    while (process.isAlive() && !Files.exists(out.resolve("checkpoint.safetensors"))) {
      Thread.sleep(5);
    }
    process.destroy();
    assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), this::log);
  }

  /** All that was printed. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A finished run's result.json without white space. */
  static String result(Path run) throws IOException {
    return Files.readString(run.resolve("result.json")).replaceAll("\\s+", "");
  }

  /** The line of a finished run that tells its weights apart. */
  static String weights(Path run) throws IOException {
    return Files.readString(run.resolve("result.json"))
        .lines()
        .filter(line -> line.contains("weights_sha256"))
        .findFirst()
        .orElseThrow();
  }

  static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), part + " is not in " + text);
    }
  }
}
