package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.DeviceCase;

/** Everything that can be seen of a network on the harness is what the CPU's plain loops give. */
class CudaAgreementTest {
  /** All kernels that the backend has. */
  private static final List<String> KERNELS =
      List.of(
          "activate_columns",
          "answer",
          "compete",
          "convolve_rate",
          "convolve_spiking",
          "draw_spikes",
          "hidden_layer_rate",
          "hidden_layer_spiking",
          "learn_association",
          "learn_columns",
          "learn_convolution_rate",
          "learn_convolution_spiking",
          "learn_head",
          "learn_inverse_correlation",
          "learn_least_squares",
          "learn_rate",
          "learn_spiking",
          "modulate",
          "open_gate",
          "read_features",
          "readout_rate",
          "readout_spiking",
          "run_learners",
          "self_test");

  @TempDir Path folder;

  @Test
  void trainsAndTestsAsTheCpuDoesWithEveryKernel() throws IOException {
    List<String> expected;
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      expected = AgreementProgram.rows(cpu);
    }
    assertTeach(expected);
    Path launches = folder.resolve("launches");
    HarnessRun run =
        HarnessRun.of(Map.of("RAPHE_HARNESS_LAUNCHES", launches.toString()), AgreementProgram.class)
            .succeeded();
    for (int k = 0; k < Math.min(expected.size(), run.rows().size()); k++) {
      assertEquals(expected.get(k), run.rows().get(k));
    }
    assertEquals(expected.size(), run.rows().size());
    assertExecuted(launches);
  }

  /** Two equal lists of zeros would prove little: credit must have reached a layer that learns. */
  private static void assertTeach(List<String> rows) {
    for (DeviceCase each : AgreementProgram.cases()) {
      boolean hidden = each.learning().rule().learns();
      String updates = hidden ? "\\[[1-9].*" : "\\[.*, [1-9][0-9]*\\]";
      String pattern = ": training batch [0-9]+: synapse updates " + updates;
      Stream<String> lines =
          rows.stream()
              .filter(row -> row.startsWith(each + ": "))
              .map(row -> row.substring(each.toString().length()));
      assertTrue(lines.anyMatch(line -> line.matches(pattern)), "no credit in " + each);
    }
  }

  /** The harness, not the backend, says what it executed: launches, and instructions of each. */
  private static void assertExecuted(Path launches) throws IOException {
    Map<String, Long> instructions = new TreeMap<>();
    for (String line : Files.readAllLines(launches)) {
      String[] words = line.split(" ");
      assertTrue(Long.parseLong(words[1]) > 0, line);
      instructions.merge(words[0], Long.parseLong(words[2]), Long::sum);
    }
    assertEquals(new TreeSet<>(KERNELS), instructions.keySet());
    instructions.forEach((kernel, count) -> assertTrue(count > 0, kernel + " did nothing"));
  }
}
