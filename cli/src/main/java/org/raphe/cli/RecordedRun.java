package org.raphe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A short whole run and what once came of it, a line of recorded-runs.txt.
 *
 * @param command what is typed, without the data and the limits of a short run
 * @param weights SHA-256 of the weights
 * @param accuracy share of the test samples classified correctly at the end, as in result.json
 */
record RecordedRun(String command, String weights, String accuracy) {
  private static final String FILE = "recorded-runs.txt";
  private static final String SHORT = "--dataset mnist --train-limit 1000 --test-limit 200 --quiet";

  /** All that come with the program. */
  static List<RecordedRun> all() {
    try (InputStream in = RecordedRun.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(RecordedRun::parsed)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled " + FILE + " cannot be read", e);
    }
  }

  private static RecordedRun parsed(String line) {
    String[] parts = line.split(" +\\| +");
    if (parts.length != 3) {
      throw new IllegalStateException("a line of " + FILE + " has no 3 columns: " + line);
    }
    return new RecordedRun(parts[0], parts[1], parts[2]);
  }

  /**
   * What is typed for it.
   *
   * @param onBackend the options that name backend and device
   * @param out the run folder
   */
  List<String> arguments(List<String> onBackend, Path out) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of(SHORT.split(" ")));
    arguments.addAll(onBackend);
    arguments.addAll(List.of("--out", out.toString()));
    return arguments;
  }

  @Override
  public String toString() {
    return command;
  }
}
