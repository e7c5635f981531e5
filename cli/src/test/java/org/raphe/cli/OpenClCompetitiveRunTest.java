package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.opencl.OpenClBackend;

/** Class-continual runs of competing columns come to the CPU's bits on an OpenCL device. */
class OpenClCompetitiveRunTest {
  @TempDir static Path temporary;
  private static OpenClBackend.Listed device;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    device = OpenClHere.device(OpenClCompetitiveRunTest.class);
    data = SmallImages.write(temporary.resolve("data"));
  }

  private static List<String> arguments(Path run, String readout, int column) {
    List<String> arguments =
        new ArrayList<>(
            List.of("continual", "--dataset", "mnist", "--data", data.toString(), "--quiet"));
    arguments.addAll(List.of("--rule", "naca-competitive", "--network", "784-240-10"));
    arguments.addAll(List.of("--batch", "16", "--epochs", "2", "--winners", "3"));
    arguments.addAll(List.of("--tuning-width", "0.5", "--readout", readout));
    arguments.addAll(List.of("--column", Integer.toString(column), "--out", run.toString()));
    return arguments;
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all;
  }

  private static List<String> onDevice(List<String> arguments) {
    return with(arguments, "--backend", "opencl", "--device", Integer.toString(device.number()));
  }

  /** What a run has learned and how well it tells classes, after every experience. */
  private static void assertSame(Path expected, Path actual) throws IOException {
    JsonNode cpu = FinishedRun.result(expected);
    JsonNode openCl = FinishedRun.result(actual);
    for (String key : List.of("accuracy_matrix", "weights_sha256")) {
      assertTrue(cpu.has(key), key + " in " + cpu);
      assertEquals(cpu.get(key), openCl.get(key), key);
    }
    for (String key : List.of("/cost/macs", "/cost/weight_writes", "/cost/bytes_moved")) {
      assertTrue(cpu.at(key).asLong() > 0, key + " in " + cpu);
      assertEquals(cpu.at(key), openCl.at(key), key);
    }
    assertEquals("opencl", openCl.at("/backend/name").textValue());
  }

  @ParameterizedTest
  @CsvSource({"winner, 4", "rls, 4", "winner, 1"})
  void itLearnsToTheCpusBits(String readout, int column) throws IOException {
    Path cpu = folder.resolve("cpu");
    Path openCl = folder.resolve("opencl");
    Invocation.of(with(arguments(cpu, readout, column), "--backend", "cpu")).assertDone();
    Invocation.of(onDevice(arguments(openCl, readout, column))).assertDone();
    assertSame(cpu, openCl);
  }

  /** Wins, lengths and P come from the checkpoint of another backend. */
  @Test
  void aRunKilledOnTheCpuGoesOnHereToTheSameBits() throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    List<String> options = with(arguments(whole, "rls", 4), "--backend", "cpu");
    Invocation.of(options).assertDone();
    List<String> often = with(arguments(killed, "rls", 4), "--backend", "cpu");
    often.addAll(List.of("--threads", "1", "--kernels", "plain", "--checkpoint-seconds", "0"));
    ChildRun child = new ChildRun(killed, "", often);
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    assertTrue(Files.notExists(killed.resolve("result.json")), "killed in mid-run");
    List<String> resume = List.of("continual", "--resume", "--quiet", "--out", killed.toString());
    Invocation.of(onDevice(with(resume, "--checkpoint-seconds", "1000"))).assertDone();
    assertSame(whole, killed);
  }
}
