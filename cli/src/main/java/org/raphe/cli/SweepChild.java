package org.raphe.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.raphe.IoFailure;
import org.raphe.RunException;

/**
 * A run of a sweep in a process of its own. Its standard input is a pipe that the sweep never
 * writes to: when the sweep ends, in whatever way, the pipe ends, and the child stops with a
 * checkpoint.
 */
final class SweepChild {
  private static final String WATCHES = "raphe.sweep.child";

  /** What a child may need to stop, with a checkpoint. */
  static final Duration STOP = Duration.ofSeconds(70);

  private static final int LOG_TAIL = 64 << 10;

  private final Process process;
  private final Path log;

  private SweepChild(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** In a child: ends the process when the one that started it is gone. */
  static void endWithParent() {
    if (!isOne()) {
      return;
    }
    Thread watch = new Thread(SweepChild::awaitEndOfInput, "raphe-parent");
    watch.setDaemon(true);
    watch.start();
  }

  /** Whether this process is a run of a sweep. */
  static boolean isOne() {
    return Boolean.getBoolean(WATCHES);
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is sent; only the end matters.
      }
    } catch (IOException e) {
      // A broken pipe is the same end.
    }
    System.exit(Raphe.INTERRUPTED);
  }

  /**
   * Starts a run.
   *
   * @param jobs how many run at a time, among which processors are shared
   */
  static SweepChild start(List<String> arguments, Path log, int jobs) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
        .forEach(command::add);
    int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
    command.add("-XX:ActiveProcessorCount=" + processors);
    command.add("-Draphe.terminal=false");
    command.add("-D" + WATCHES + "=true");
    command.add("-D" + RunEnergy.RUNS_BESIDE + "=" + jobs);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Raphe.class.getName()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new SweepChild(process, log);
    } catch (IOException e) {
      throw new RunException("cannot start a run: " + IoFailure.reason(e), e);
    }
  }

  int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Asks it to stop, which leaves a checkpoint. */
  void stop() {
    process.destroy();
  }

  /** Waits until it has stopped; ends it where it does not. */
  void awaitStop() throws InterruptedException {
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** Why it failed, in one line. */
  String failure() {
    int status = process.exitValue();
    try {
      String last = LogTail.lastLine(tail());
      if (last != null) {
        return last;
      }
    } catch (IOException e) {
      return "status " + status + ", and its log cannot be read: " + IoFailure.reason(e);
    }
    return status > 128
        ? "killed by signal " + (status - 128)
        : "ended with status " + status + "; see " + log;
  }

  private String tail() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    int from = Math.max(0, whole.length - LOG_TAIL);
    return new String(whole, from, whole.length - from, StandardCharsets.UTF_8);
  }
}
