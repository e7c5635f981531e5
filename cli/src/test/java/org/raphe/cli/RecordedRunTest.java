package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.backend.opencl.OpenClBackend;

/** Short whole runs come to the weights and the accuracy that were once recorded of them. */
class RecordedRunTest {
  @TempDir Path folder;

  static List<RecordedRun> runs() {
    assertEquals(9, RecordedRun.all().size(), "no run is left out");
    return RecordedRun.all();
  }

  private void assertComesTo(RecordedRun recorded, String backend, int device) throws IOException {
    Path out = folder.resolve("run");
    List<String> arguments =
        recorded.arguments(
            List.of("--backend", backend, "--device", Integer.toString(device)), out);
    Invocation.of(arguments).assertDone();
    JsonNode result = FinishedRun.result(out);
    assertEquals(backend, result.at("/backend/name").textValue());
    assertEquals(recorded.weights(), result.get("weights_sha256").textValue());
    assertEquals(recorded.accuracy(), result.get("test_accuracy").asText());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void itComesToTheRecordedBitsOnTheCpu(RecordedRun recorded) throws IOException {
    assertComesTo(recorded, "cpu", 0);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void itComesToTheRecordedBitsOnOpenCl(RecordedRun recorded) throws IOException {
    OpenClBackend.Listed device = OpenClHere.device(RecordedRunTest.class);
    assertComesTo(recorded, "opencl", device.number());
  }
}
