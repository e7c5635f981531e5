package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermutedCommandTest {
  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"), 400);
  }

  private List<String> arguments(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "permuted",
                "--dataset=mnist",
                "--data=" + data,
                "--network=784-20-10",
                "--tasks=12",
                "--samples=100",
                "--backend=cpu",
                "--threads=1",
                "--quiet",
                "--out=" + folder.resolve(name)));
    for (String option : more) {
      String plain = option.replaceFirst("=.*", "=");
      arguments.removeIf(usual -> usual.startsWith(plain));
    }
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private JsonNode run(String name, String... more) throws IOException {
    Invocation.of(arguments(name, more)).assertDone();
    return FinishedRun.result(folder.resolve(name));
  }

  private static String digest(JsonNode result) {
    return result.get("weights_sha256").asText();
  }

  @Test
  void aRunLeavesTheAccuracyOfEachTaskAndTheSizeOfWeights() throws IOException {
    Invocation done = Invocation.of(arguments("run")).assertDone();
    JsonNode result = FinishedRun.result(folder.resolve("run"));
    JsonNode tasks = result.get("permuted_stream");
    assertEquals(12, tasks.get("tasks").asInt());
    assertEquals(100, tasks.get("samples").asInt());
    assertEquals(12, tasks.get("accuracy").size());
    double sum = 0;
    for (JsonNode accuracy : tasks.get("accuracy")) {
      assertEquals(Math.rint(accuracy.asDouble() * 100), accuracy.asDouble() * 100, 1e-6);
      sum += accuracy.asDouble();
    }
    assertEquals(sum / 12, tasks.get("mean_accuracy").asDouble(), 1e-6);
    assertEquals(
        tasks.get("accuracy").get(11).asDouble(), tasks.get("last_tasks").asDouble(), 1e-6);
    assertEquals(2, tasks.get("mean_weights").size());
    assertEquals(12, tasks.get("mean_weights").get(1).size());
    assertTrue(done.out().contains("over 12 tasks of 100 samples"), done.out());
    assertTrue(result.at("/cost/per_inference_sample").isNull(), "nothing was tested");
    List<String> rows = Files.readAllLines(folder.resolve("run/metrics.csv"));
    assertEquals(13, rows.size());
    assertTrue(rows.get(1).matches("1,1,0\\.\\d+,,\\d+\\.\\d+"), rows.get(1));
    assertFalse(Files.exists(folder.resolve("run/checkpoint.safetensors")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--samples=90", "--seed=2", "--rule=naca", "--rule=dfa", "--modulators=ach,na"})
  void anOptionChangesWhatIsLearned(String option) throws IOException {
    assertNotEquals(digest(run("usual")), digest(run("other", option)));
  }

  @Test
  void openClComesToTheBitsOfTheCpu() throws IOException {
    var device = OpenClHere.device(PermutedCommandTest.class);
    JsonNode cpu = run("cpu", "--tasks=3");
    List<String> arguments = arguments("opencl", "--tasks=3");
    arguments.removeIf(each -> each.startsWith("--backend") || each.startsWith("--threads"));
    arguments.addAll(List.of("--backend=opencl", "--device=" + device.number()));
    Invocation.of(arguments).assertDone();
    JsonNode openCl = FinishedRun.result(folder.resolve("opencl"));
    assertEquals(digest(cpu), digest(openCl));
    assertEquals(cpu.get("permuted_stream"), openCl.get("permuted_stream"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tasks=0 | 1..10000",
        "--samples=500 | 1..400",
        "--validation=10 | no sample is tested",
        "--epochs=2 | show every sample once",
        "--rule=naca-competitive | streams of classes",
        "--rule=ewc | streams of classes",
        "--rule=cbp --neuron=lif | rate units",
        "--rule=cbp --replacement-rate=2 | [0, 1]",
        "--rule=cbp --maturity=0 | at least 1",
        "--rule=cbp --weight-decay=-1 | not negative",
        "--rule=naca --weight-decay=1 | no setting weight-decay"
      })
  void whatIsWrongIsRefusedInOneLine(String options, String part) {
    Invocation.of(arguments("run", options.strip().split(" ")))
        .assertFails(Raphe.WRONG_INPUT, part.strip());
    assertFalse(Files.exists(folder.resolve("run")));
  }
}
