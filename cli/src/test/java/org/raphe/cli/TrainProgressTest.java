package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.Counters;

/** A bar writes to the process's standard error by itself, so it is watched from outside. */
class TrainProgressTest {

  /** Shows a bar for some milliseconds, closes it and says so. */
  static final class Program {
    public static void main(String[] arguments) throws InterruptedException {
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      try (TrainProgress progress = new TrainProgress(err, false, false)) {
        progress.show(100, 1, 10, Counters.zero(1));
        Thread.sleep(Long.parseLong(arguments[0]));
        progress.close();
        err.println("stopped");
        progress.show(100, 1, 20, Counters.zero(1));
      }
    }
  }

  /** Closed before it was drawn, and after it was a few times. */
  @ParameterizedTest
  @ValueSource(ints = {0, 400})
  void whatFollowsABarStandsOnItsOwnLine(int milliseconds) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Draphe.terminal=true",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            Integer.toString(milliseconds));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    assertTrue(text.contains("epoch 1  10%"), text);
    assertTrue(text.endsWith("\nstopped\n"), text);
  }
}
