package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planted energy of a GPU in the result of runs on the harness of the CUDA kernels. */
class CudaEnergyRunTest {
  static final Path HARNESS =
      Path.of("..", "kernels-cuda", "harness", "run").toAbsolutePath().normalize();

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws Exception {
    requireCompilers();
    data = SmallImages.write(temporary.resolve("data"), 64);
  }

  /** Skips the calling test where the harness cannot be built, or fails it if it must not be. */
  static void requireCompilers() throws Exception {
    String compilers = "command -v \"${CXX:-g++}\" && command -v \"${CC:-cc}\"";
    if (new ProcessBuilder("/bin/sh", "-c", compilers).start().waitFor() != 0) {
      String reason = "no C++ compiler (g++ and cc): the CUDA harness cannot be built";
      if ("1".equals(System.getenv("RAPHE_REQUIRE_HARNESS"))) {
        fail("RAPHE_REQUIRE_HARNESS=1, but " + reason);
      }
      System.out.println("a test on the CUDA harness is skipped: " + reason);
      abort(reason);
    }
  }

  /** The cost of a run on the harness, whose GPU is the second of NVML's if it has any. */
  private JsonNode cost(String gpus, List<String> arguments) throws Exception {
    Path run = folder.resolve("run");
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--dataset", "mnist", "--data", data.toString(), "--quiet"));
    all.addAll(List.of("--out", run.toString(), "--backend", "cuda", "--network", "784-20-10"));
    String onHarness = "set -- '" + HARNESS + "' \"$@\"";
    Map<String, String> environment = Map.of("RAPHE_HARNESS_ENERGY", gpus);
    ChildRun child = new ChildRun(run, onHarness, List.of(), environment, all);
    child.assertDone();
    JsonNode result = FinishedRun.result(run);
    assertEquals("cuda", result.at("/backend/name").textValue());
    return result.get("cost");
  }

  private static void assertMeasured(JsonNode cost, double joules) {
    JsonNode host = cost.at("/energy_parts/0");
    JsonNode device = cost.at("/energy_parts/1");
    assertEquals(2, cost.get("energy_parts").size(), cost.toString());
    assertEquals("host", host.get("part").textValue());
    assertEquals("device", device.get("part").textValue());
    assertEquals(joules, device.get("joules").doubleValue());
    String source = device.get("source").textValue();
    assertTrue(source.startsWith("the NVML energy counter of the GPU at 0000:00:00.0; "), source);
    // Whether the host's counters can be read is this machine's affair; the sum follows.
    if (host.get("joules").isNull()) {
      assertTrue(cost.get("energy_joules").isNull(), "no sum without the host's part");
      String reason = cost.get("energy_source").textValue();
      assertTrue(reason.startsWith("not measured: not all of it was"), reason);
      assertTrue(reason.contains(" whole: host: "), reason);
    } else {
      double sum = host.get("joules").doubleValue() + joules;
      assertEquals(sum, cost.get("energy_joules").doubleValue());
    }
  }

  @Test
  void trainWritesWhatTheGpuUsed() throws Exception {
    String gpus = "0000:3b:00.0=1/2,0000:00:00.0=7000/19345";
    List<String> train = List.of("train", "--neuron", "rate", "--epochs", "1");
    assertMeasured(cost(gpus, train), 12.345);
  }

  @Test
  void continualWritesWhatTheGpuUsed() throws Exception {
    String gpus = "0000:3b:00.0=1/2,0000:00:00.0=500/1750";
    List<String> continual =
        List.of("continual", "--protocol", "strict", "--neuron", "rate", "--epochs", "1");
    assertMeasured(cost(gpus, continual), 1.25);
  }

  @Test
  void aGpuThatWasNotMeasuredIsNullAndSoIsTheSum() throws Exception {
    JsonNode cost = cost("0000:00:00.0=", List.of("train", "--neuron", "rate", "--epochs", "1"));
    assertTrue(cost.get("energy_joules").isNull(), cost.toString());
    assertTrue(cost.at("/energy_parts/1/joules").isNull(), cost.toString());
    String source = cost.at("/energy_parts/1/source").textValue();
    assertTrue(source.contains("Not Supported (3)"), source);
    assertTrue(cost.get("energy_source").textValue().contains("device: NVML call"), source);
  }
}
