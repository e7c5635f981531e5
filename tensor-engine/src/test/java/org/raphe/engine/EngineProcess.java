package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.raphe.result.ReadResult;
import org.raphe.result.RecordFile;

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

  /**
   * Asserts the keys of a finished run's cost, in their order, and that records hold all of them.
   *
   * @param passes keys of {@code macs_by_pass}
   * @param beside keys that stand between those of all rules
   */
  static void assertCostKeys(Path run, String passes, String beside) throws IOException {
    Path file = run.resolve("result.json");
    JsonNode cost = new ObjectMapper().readTree(file.toFile()).get("cost");
    String counts =
        "synaptic_operations macs dense_macs macs_by_pass weight_writes neuron_updates bytes_moved";
    assertEquals(
        counts
            + " stored_activation_bytes counted_by "
            + beside
            + "peak_memory_bytes network_bytes seconds energy_joules energy_source energy_parts"
            + " energy_estimate_joules energy_estimate_source published_cost"
            + " published_cost_reason per_training_sample per_inference_sample",
        keys(cost));
    assertEquals(passes, keys(cost.get("macs_by_pass")));
    assertEquals(counts, keys(cost.get("per_training_sample")));
    assertEquals(passes, keys(cost.at("/per_training_sample/macs_by_pass")));
    Path again = run.resolveSibling("again.json");
    RecordFile.write(again, ReadResult.of(file).result());
    assertEquals(Files.readString(file), Files.readString(again), "read and written");
  }

  private static String keys(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return String.join(" ", names);
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
