package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, so that it can be killed. */
final class ChildRun {
  private static final long MOST_SECONDS = 60;

  private final Path run;
  private final Path out;
  private final Path err;
  private final Process process;

  /**
   * @param run its run folder
   * @param before what the shell does first, such as setting a limit; may be empty
   */
  ChildRun(Path run, String before, List<String> arguments) throws IOException {
    this(run, before, List.of(), Map.of(), arguments);
  }

  /**
   * @param run its run folder
   * @param javaOptions further options of the virtual machine
   * @param environment variables that are set for it
   */
  ChildRun(
      Path run, List<String> javaOptions, Map<String, String> environment, List<String> arguments)
      throws IOException {
    this(run, "", javaOptions, environment, arguments);
  }

  /** All of the above. */
  ChildRun(
      Path run,
      String before,
      List<String> javaOptions,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    this.run = run;
    out = run.resolveSibling(run.getFileName() + ".out");
    err = run.resolveSibling(run.getFileName() + ".err");
    List<String> command = new ArrayList<>();
    if (!before.isEmpty()) {
      command.addAll(List.of("/bin/sh", "-c", before + "; exec \"$@\"", "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(javaOptions);
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Raphe.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  private Path checkpoint() {
    return run.resolve("checkpoint.safetensors");
  }

  /** Waits until a checkpoint newer than {@code old} stands; false if the run ended before. */
  boolean awaitCheckpoint(FileTime old) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (System.nanoTime() < until) {
      if (Files.exists(checkpoint()) && !Files.getLastModifiedTime(checkpoint()).equals(old)) {
        return true;
      }
      if (!process.isAlive()) {
        return false;
      }
      Thread.sleep(2);
    }
    throw new AssertionError("no checkpoint within " + MOST_SECONDS + " s: " + output());
  }

  FileTime checkpointTime() throws IOException {
    return Files.exists(checkpoint()) ? Files.getLastModifiedTime(checkpoint()) : null;
  }

  /** SIGKILL; false if it had ended. */
  boolean killIfAlive() throws InterruptedException {
    boolean alive = process.isAlive();
    return process.destroyForcibly().waitFor() == 137 && alive;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; returns the exit status. */
  int terminate() throws Exception {
    process.destroy();
    return await();
  }

  int await() throws Exception {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + MOST_SECONDS + " s: " + output());
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  /** Waits for its end. */
  Invocation finished() throws Exception {
    return new Invocation(await(), Files.readString(out), Files.readString(err));
  }

  void assertDone() throws Exception {
    assertEquals(0, await(), output());
    assertTrue(Files.exists(run.resolve("result.json")), output());
  }
}
