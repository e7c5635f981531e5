package org.raphe.kernels.cuda.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program run on the harness in a process of its own, as {@code kernels-cuda/harness/run} runs
 * it: its exit status, what it and the harness printed, and the harness's report.
 */
record HarnessRun(int status, String output, List<String> report) {
  private static final Path RUN = Path.of("harness", "run").toAbsolutePath();

  /**
   * Runs {@code main} with these arguments. Skips the calling test where there is no C++ compiler.
   */
  static HarnessRun of(Class<?> main, String... arguments) {
    return of(Map.of(), main, arguments);
  }

  /** The same with environment variables. */
  static HarnessRun of(Map<String, String> environment, Class<?> main, String... arguments) {
    requireCompiler();
    try {
      Path report = Files.createTempFile("raphe-harness", ".report");
      try {
        return start(report, environment, main, arguments);
      } finally {
        Files.delete(report);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + RUN + ": " + e.getMessage(), e);
    }
  }

  private static HarnessRun start(
      Path report, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(RUN.toString());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("RAPHE_HARNESS_"));
    builder.environment().putAll(environment);
    builder.environment().put("RAPHE_HARNESS_REPORT", report.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new HarnessRun(statusOf(process), output, Files.readAllLines(report));
  }

  private static int statusOf(Process process) {
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) fail("the program has not ended");
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a program ran", e);
    }
  }

  /** The program succeeded and nothing was reported. */
  HarnessRun succeeded() {
    assertEquals(List.of(), report, output);
    assertEquals(0, status, output);
    return this;
  }

  /** Exactly one line was reported, and it holds all these parts. */
  HarnessRun reported(String... parts) {
    assertEquals(1, report.size(), () -> "reports: " + report + "\n" + output);
    for (String part : parts)
      assertTrue(report.get(0).contains(part), () -> "'" + part + "' is not in " + report.get(0));
    return this;
  }

  /** The program or the harness printed this. */
  HarnessRun printed(String part) {
    assertTrue(output.contains(part), () -> "'" + part + "' is not in " + output);
    return this;
  }

  private static void requireCompiler() {
    if (starts("g++") && starts("cc")) return;
    String reason =
        "no C++ compiler (g++ and cc): the harness cannot be built, so its tests are skipped";
    if ("1".equals(System.getenv("RAPHE_REQUIRE_HARNESS"))) fail(reason);
    System.out.println(reason);
    abort(reason);
  }

  private static boolean starts(String compiler) {
    try {
      Process process = new ProcessBuilder(compiler, "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while looking for a compiler", e);
    }
  }
}
