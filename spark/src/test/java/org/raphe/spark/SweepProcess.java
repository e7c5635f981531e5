package org.raphe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code raphe sweep} in a process of its own, with Spark on its class path as the launcher has it.
 */
final class SweepProcess {
  private static final long MOST_SECONDS = 400;

  private final Path log;
  private final Process process;

  /**
   * @param folder where it is started, and where what it prints is kept
   */
  SweepProcess(Path folder, String name, List<String> arguments) throws IOException {
    this(folder, name, arguments, StandaloneCluster.SMALL);
  }

  /**
   * @param options of its Java, which runs in processes of their own are given too
   */
  SweepProcess(Path folder, String name, List<String> arguments, List<String> options)
      throws IOException {
    log = folder.resolve(name + ".log");
    List<String> line = new ArrayList<>(StandaloneCluster.java("-Xmx480m", options));
    line.addAll(List.of("-cp", classPath(), "org.raphe.cli.Raphe", "sweep"));
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(StandaloneCluster.environment());
    process = builder.start();
  }

  /** Raphe's entries of the tests' class path, then Spark's folder. */
  static String classPath() {
    String own =
        ownClassPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return own + File.pathSeparator + StandaloneCluster.LIBRARIES + "/*";
  }

  /** Raphe's entries of the tests' class path. */
  static List<Path> ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes") && !isOfSpark(entry))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(Files::exists)
        .toList();
  }

  private static boolean isOfSpark(String entry) {
    return Files.exists(StandaloneCluster.LIBRARIES.resolve(Path.of(entry).getFileName()));
  }

  /** What it has printed so far. */
  String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and asserts the exit status; returns what it printed. */
  String end(int status) throws InterruptedException {
    boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertTrue(ended, () -> "it does not end: " + printed());
    assertEquals(status, process.exitValue(), printed());
    return printed();
  }

  /** Waits for its end: one line of Raphe's with all of these parts, and no stack trace. */
  void assertRefused(String... parts) throws InterruptedException {
    String printed = end(2);
    // On slow machines an executor takes longer to start than is waited for in silence.
    List<String> lines = printed.lines().filter(line -> !line.startsWith("waiting: ")).toList();
    assertEquals(1, lines.size(), printed);
    for (String part : parts) {
      assertTrue(lines.get(0).startsWith("raphe: ") && lines.get(0).contains(part), printed);
    }
  }
}
