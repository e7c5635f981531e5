package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.cuda.CudaBackend;
import org.raphe.backend.opencl.OpenClBackend;
import org.raphe.network.NeuronModel;
import org.raphe.parity.ParityCase;
import org.raphe.parity.RecordedDigests;

/** Runs on an OpenCL device come to what runs on the CPU come to. */
class OpenClRunTest {
  private static final Path VECTORS =
      Path.of("..", "core", "src", "test", "resources", "vectors").toAbsolutePath().normalize();

  @TempDir static Path temporary;
  private static OpenClBackend.Listed device;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    device = OpenClHere.device(OpenClRunTest.class);
    data = SmallImages.write(temporary.resolve("data"));
  }

  private static String[] onDevice() {
    return new String[] {"--backend", "opencl", "--device", Integer.toString(device.number())};
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(Arrays.asList(more));
    return all;
  }

  private List<String> train(Path run, String options) {
    return with(SmallImages.train(data, run, "--epochs", "2"), options.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--network 784-40-10 --neuron lif --steps 8",
        "--network 784-40-10 --neuron rate",
        "--network 784-70-33-10 --neuron lif --steps 7 --batch 9",
        "--network 784-40-10 --neuron rate --rule drtp --optimizer sgd --learning-rate 0.01 --validation 60"
      })
  void itTrainsToTheCpusBitsAndNumbers(String options) throws IOException {
    Path cpu = folder.resolve("cpu");
    Path openCl = folder.resolve("opencl");
    Invocation.of(with(train(cpu, options), "--backend", "cpu")).assertDone();
    Invocation.of(with(train(openCl, options), onDevice())).assertDone();
    FinishedRun.assertSame(cpu, openCl);
    JsonNode backend = FinishedRun.result(openCl).get("backend");
    assertEquals("opencl", backend.get("name").textValue());
    assertEquals(device.words(), backend.get("device").textValue());
    int parts = FinishedRun.result(openCl).at("/cost/energy_parts").size();
    assertEquals(device.gpu() ? 2 : 1, parts, "a processor is the host's own");
    for (String key : List.of("platform", "device", "driver", "kernels", "shape")) {
      assertFalse(backend.at("/versions/" + key).asText().isBlank(), key + " in " + backend);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--network 784-40-10 --neuron lif --steps 8", "--network 784-40-10 --neuron rate"})
  void itEvaluatesToTheCpusAccuracy(String options) throws IOException {
    Path run = folder.resolve("run");
    Invocation.of(with(train(run, options), "--backend", "cpu")).assertDone();
    JsonNode expected = evaluated(run, "cpu.json", List.of("--backend", "cpu"));
    assertEquals(FinishedRun.result(run).get("test_accuracy"), expected.get("test_accuracy"));
    assertEquals(expected, evaluated(run, "opencl.json", List.of(onDevice())));
    assertEquals(expected, evaluated(run, "seven.json", with(List.of("--batch", "7"), onDevice())));
  }

  /** All of the result that is not time or place. */
  private JsonNode evaluated(Path run, String out, List<String> options) throws IOException {
    List<String> arguments =
        with(List.of("evaluate", "--dataset", "mnist", "--data", data.toString(), "--quiet"));
    arguments.addAll(List.of("--model", run.toString(), "--out", folder.resolve(out).toString()));
    arguments.addAll(options);
    Invocation.of(arguments).assertDone();
    ObjectNode result = (ObjectNode) new ObjectMapper().readTree(folder.resolve(out).toFile());
    String backend = options.contains("opencl") ? "opencl" : "cpu";
    assertEquals(backend, result.at("/backend/name").textValue());
    return result.remove(List.of("backend", "seconds"));
  }

  /** The CPU's run has settings that OpenCL would refuse; they are the CPU's, not the run's. */
  @ParameterizedTest
  @EnumSource
  void aRunKilledOnTheCpuGoesOnHereToTheSameBits(NeuronModel neuron) throws Exception {
    Path many = SmallImages.write(folder.resolve("many"), 1000);
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    String[] options = ("--network 784-40-10 --batch 8 --epochs 3 --neuron " + neuron).split(" ");
    Invocation.of(with(SmallImages.train(many, whole, options), "--backend", "cpu")).assertDone();
    List<String> onCpu = with(SmallImages.train(many, killed, options), "--backend", "cpu");
    onCpu.addAll(List.of("--threads", "1", "--kernels", "plain", "--checkpoint-seconds", "0"));
    ChildRun child = new ChildRun(killed, "", onCpu);
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    assertTrue(Files.notExists(killed.resolve("result.json")), "killed in mid-run");
    List<String> resume = List.of("train", "--resume", "--quiet", "--out", killed.toString());
    Invocation.of(with(with(resume, "--checkpoint-seconds", "1000"), onDevice())).assertDone();
    FinishedRun.assertSame(whole, killed);
    JsonNode backend = FinishedRun.result(killed).get("backend");
    assertEquals("opencl", backend.get("name").textValue());
  }

  @Test
  void autoPassesOverADeviceThatIsNoGpuAndNamesIt() throws IOException {
    boolean gpu =
        CudaBackend.anyDevice().available()
            || OpenClBackend.devices().stream().anyMatch(OpenClBackend.Listed::gpu);
    if (gpu) {
      System.out.println("autoPassesOverADeviceThatIsNoGpu is skipped: there is a GPU");
    }
    assumeFalse(gpu, "there is a GPU");
    Path run = folder.resolve("auto");
    List<String> arguments = train(run, "--network 784-40-10 --neuron rate --backend auto");
    arguments.remove("--quiet");
    String err = Invocation.of(arguments).assertDone().err();
    List<String> lines = err.lines().filter(line -> line.startsWith("backend: ")).toList();
    assertEquals(1, lines.size(), err);
    String why = "backend: cpu (auto: no usable GPU; raphe devices says why), ";
    assertTrue(lines.get(0).startsWith(why), err);
    assertEquals("cpu", FinishedRun.result(run).at("/backend/name").textValue());
    String devices = Invocation.of("devices").assertDone().out().replaceAll("\\s+", " ");
    assertTrue(devices.contains("opencl " + device.number() + " yes "), devices);
    assertTrue(devices.contains("not a GPU, so auto passes it over"), devices);
  }

  @Test
  void optionsThatAreNotItsAreRefused() {
    Path run = folder.resolve("never");
    int count = OpenClBackend.devices().size();
    for (String number : List.of("-1", Integer.toString(count), Integer.toString(count + 6))) {
      String last = "OpenCL has devices 0 to " + (count - 1) + " here, not " + number;
      Invocation.of(train(run, "--backend opencl --device " + number))
          .assertFails(Raphe.WRONG_INPUT, last, "raphe devices lists them");
    }
    for (String cpus : List.of("--threads 2", "--kernels plain")) {
      Invocation.of(train(run, "--backend opencl " + cpus))
          .assertFails(Raphe.WRONG_INPUT, "for the CPU backend, not opencl");
    }
    Invocation.of(train(run, "--device 1")).assertFails(Raphe.WRONG_INPUT, "--device 1", "auto");
    Invocation.of("parity", "--backends", "opencl,opencl", "--batches", "1")
        .assertFails(Raphe.WRONG_INPUT, "nothing to compare", "--backends cpu,opencl");
    assertTrue(Files.notExists(run), "no run folder is left behind");
  }

  private List<String> parity(String... more) {
    List<String> arguments = List.of("parity", "--backends", "cpu,opencl");
    return with(with(arguments, "--device", Integer.toString(device.number())), more);
  }

  @Test
  void everyParityCaseHasTheCpusBitsAndTheRecordedOnes() {
    Invocation done = Invocation.of(parity("--batches", "10")).assertDone();
    List<String> rows = done.out().lines().toList();
    assertTrue(rows.contains("opencl: " + device.words()), done.out());
    assertTrue(done.out().contains(" on each of 2, and recorded digests "), done.out());
    Map<String, String> recorded = RecordedDigests.bundled().after(10);
    for (ParityCase parityCase : ParityCase.all()) {
      String row = "\\Q" + parityCase + "\\E +same bits +" + recorded.get(parityCase.toString());
      assertEquals(1, rows.stream().filter(given -> given.strip().matches(row)).count(), row);
    }
  }

  @Test
  void recordedNumbersHoldOnBoth() throws IOException {
    Invocation done = Invocation.of(parity("--vectors", VECTORS.toString())).assertDone();
    List<String> rows = done.out().lines().toList();
    List<String> files =
        FolderContent.of(VECTORS).names().stream().filter(name -> name.endsWith(".json")).toList();
    assertFalse(files.isEmpty());
    for (String file : files) {
      for (String backend : List.of("cpu", "opencl")) {
        String row = "\\Q" + file + "\\E +" + backend + " +passed +[1-9][0-9]* numbers.*";
        assertEquals(1, rows.stream().filter(given -> given.matches(row)).count(), row);
      }
    }
  }
}
