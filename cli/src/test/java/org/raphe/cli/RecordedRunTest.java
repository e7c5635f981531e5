package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.backend.opencl.OpenClBackend;

/** Short whole runs come to the weights and the accuracy that were once recorded of them. */
class RecordedRunTest {
  private static final String SHORT = "--dataset mnist --train-limit 1000 --test-limit 200";

  @TempDir Path folder;

  /**
   * One line of recorded-runs.txt.
   *
   * @param command what is typed, without the data and the limits of a short run
   * @param accuracy share of the test samples told right at the end, as result.json gives it
   */
  private record Run(String command, String weights, String accuracy) {
    static Run parsed(String line) {
      String[] parts = line.split(" +\\| +");
      assertEquals(3, parts.length, line);
      return new Run(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
      return command;
    }
  }

  static List<Run> runs() throws IOException {
    try (InputStream stream = RecordedRunTest.class.getResourceAsStream("recorded-runs.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      List<Run> runs =
          text.lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Run::parsed)
              .toList();
      assertEquals(8, runs.size(), "no run is left out");
      return runs;
    }
  }

  private void assertComesTo(Run recorded, String... backend) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(recorded.command().split(" ")));
    arguments.addAll(List.of(SHORT.split(" ")));
    arguments.addAll(List.of(backend));
    Path out = folder.resolve("run");
    arguments.addAll(List.of("--quiet", "--out", out.toString()));
    Invocation.of(arguments).assertDone();
    JsonNode result = FinishedRun.result(out);
    assertEquals(backend[1], result.at("/backend/name").textValue());
    assertEquals(recorded.weights(), result.get("weights_sha256").textValue());
    assertEquals(recorded.accuracy(), result.get("test_accuracy").asText());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void itComesToTheRecordedBitsOnTheCpu(Run recorded) throws IOException {
    assertComesTo(recorded, "--backend", "cpu");
  }

  @ParameterizedTest
  @MethodSource("runs")
  void itComesToTheRecordedBitsOnOpenCl(Run recorded) throws IOException {
    OpenClBackend.Listed device = OpenClHere.device(RecordedRunTest.class);
    assertComesTo(recorded, "--backend", "opencl", "--device", Integer.toString(device.number()));
  }
}
