package org.raphe.backend.cuda;

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

/**
 * A program run in a process of its own on the harness, a driver that executes the kernels' PTX and
 * checks it: its exit status, the rows it printed, all that was printed, and the harness's report.
 */
record HarnessRun(int status, List<String> rows, String output, List<String> report) {
  private static final Path RUN =
      Path.of("..", "kernels-cuda", "harness", "run").toAbsolutePath().normalize();
  private static final String ROW = "row: ";

  /** Prints what a test reads, so that it is told from the harness's own lines. */
  static void row(String text) {
    System.out.println(ROW + text);
  }

  /** Runs {@code main} on the harness. Skips the calling test where it cannot be built. */
  static HarnessRun of(Class<?> main, String... arguments) {
    return of(Map.of(), main, arguments);
  }

  /** The same under conditions, see the harness's conditions.h. */
  static HarnessRun of(Map<String, String> conditions, Class<?> main, String... arguments) {
    requireCompiler();
    return start(List.of(RUN.toString()), conditions, List.of(), main, arguments);
  }

  /** Runs {@code main} where the driver's library is a file that is none. */
  static HarnessRun withoutDriver(Path folder, Class<?> main, String... arguments)
      throws IOException {
    Files.writeString(folder.resolve("libcuda.so.1"), "no library".repeat(100));
    return withLibraries(folder, "", main, arguments);
  }

  /**
   * Runs {@code main} without the harness, on the libraries of a folder.
   *
   * @param bound not empty for the system to look for all of a library's functions at once
   */
  static HarnessRun withLibraries(Path folder, String bound, Class<?> main, String... arguments) {
    Map<String, String> libraries =
        Map.of("LD_LIBRARY_PATH", folder.toString(), "LD_BIND_NOW", bound);
    return start(List.of(), libraries, List.of(), main, arguments);
  }

  /** Runs {@code main} where Java says that the processor is another. */
  static HarnessRun on(String processor, Class<?> main, String... arguments) {
    return start(List.of(), Map.of(), List.of("-Dos.arch=" + processor), main, arguments);
  }

  private static HarnessRun start(
      List<String> prefix,
      Map<String, String> environment,
      List<String> options,
      Class<?> main,
      String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx512m"));
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("RAPHE_HARNESS_"));
    builder.environment().putAll(environment);
    try {
      return await(builder);
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a program ran", e);
    }
  }

  private static HarnessRun await(ProcessBuilder builder) throws IOException, InterruptedException {
    Path report = Files.createTempFile("raphe-harness", ".report");
    try {
      builder.environment().put("RAPHE_HARNESS_REPORT", report.toString());
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> rows =
          output
              .lines()
              .filter(line -> line.startsWith(ROW))
              .map(line -> line.substring(ROW.length()))
              .toList();
      return new HarnessRun(process.waitFor(), rows, output, Files.readAllLines(report));
    } finally {
      Files.delete(report);
    }
  }

  /** The program ended as it should, and the harness had nothing to report. */
  HarnessRun succeeded() {
    assertEquals(List.of(), report, output);
    assertEquals(0, status, output);
    return this;
  }

  /** Its only row, which holds all these parts. */
  String onlyRow(String... parts) {
    assertEquals(1, rows.size(), output);
    String row = rows.get(0);
    for (String part : parts) {
      assertTrue(row.contains(part), () -> "\"" + part + "\" is not in: " + row);
    }
    return row;
  }

  /** Skips the calling test where there is no compiler for C and C++. */
  static void requireCompiler() {
    if (starts(System.getenv().getOrDefault("CXX", "g++"))
        && starts(System.getenv().getOrDefault("CC", "cc"))) {
      return;
    }
    String reason = "no C++ compiler (g++ and cc): the CUDA harness cannot be built";
    if ("1".equals(System.getenv("RAPHE_REQUIRE_HARNESS"))) {
      fail("RAPHE_REQUIRE_HARNESS=1, but " + reason);
    }
    System.out.println("CUDA tests are skipped: " + reason);
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
