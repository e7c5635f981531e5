package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modulators that learning rates of {@code train} and {@code continual} answer to. */
class ModulationCommandTest {
  private static final String ALL = "--modulators=da,ach,5ht,na";

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"), 600);
  }

  private List<String> arguments(String command, String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--dataset=mnist",
                "--data=" + data,
                "--network=784-20-10",
                "--epochs=2",
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

  private JsonNode run(String command, String name, String... more) throws IOException {
    Invocation.of(arguments(command, name, more)).assertDone();
    return FinishedRun.result(folder.resolve(name));
  }

  private static String digest(JsonNode result) {
    return result.get("weights_sha256").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "train, --neuron=rate",
    "train, --neuron=lif",
    "continual, --neuron=rate",
    "continual, --gate=none"
  })
  void aRunLeavesItsLevels(String command, String option) throws IOException {
    JsonNode result = run(command, "run", option, "--steps=1", ALL, "--serotonin-time=500");
    JsonNode modulation = result.get("modulation");
    assertEquals("da,ach,5ht,na", modulation.at("/modulators/modulators").asText());
    assertEquals(
        "da=plasticity-gate,ach=learning-rate,5ht=old-knowledge,na=gain,na=reset",
        modulation.at("/modulators/levers").asText());
    assertEquals("500.0", modulation.at("/modulators/serotonin_time").asText());
    List<String> levels = Files.readAllLines(folder.resolve("run/levels.csv"));
    int rows = levels.size() - 1;
    assertTrue(rows >= 4, "rows " + rows);
    assertEquals(rows, modulation.at("/course/accuracy").size());
    assertEquals(rows, modulation.at("/course/levels/serotonin").size());
    for (String row : levels.subList(1, levels.size())) {
      String[] cells = row.split(",");
      assertEquals(9, cells.length, row);
      double da = Double.parseDouble(cells[1]);
      double na = Double.parseDouble(cells[4]);
      double readout = Double.parseDouble(cells[7]);
      assertTrue(Math.abs(da) <= 1 && na >= 0 && na <= 1 && readout > 0 && readout < 2, row);
    }
    assertEquals(
        result.get("epochs").get(0).get("train_accuracy").asDouble(),
        Double.parseDouble(levels.get(1).split(",")[8]),
        1,
        "accuracy is a share");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ALL,
        "--modulators=ach",
        "--modulators=5ht --levers=5ht=plasticity-gate --serotonin-time=100",
        "--modulators=da --levers=da=expectation",
        "--modulators=da,ach --levers=ach=gain,ach=plasticity-gate"
      })
  void modulatorsChangeWhatIsLearnedAndNoneChangesNothing(String options) throws IOException {
    JsonNode plain = run("train", "plain", "--neuron=rate");
    JsonNode none = run("train", "none", "--neuron=rate", "--modulators=none");
    List<String> more = new ArrayList<>(List.of("--neuron=rate"));
    more.addAll(List.of(options.split(" ")));
    JsonNode modulated = run("train", "modulated", more.toArray(String[]::new));
    assertEquals(digest(plain), digest(none));
    assertEquals(plain.get("run_id"), none.get("run_id"));
    assertFalse(plain.has("modulation"));
    assertFalse(Files.exists(folder.resolve("plain/levels.csv")));
    assertNotEquals(digest(plain), digest(modulated));
    assertNotEquals(plain.get("run_id"), modulated.get("run_id"));
  }

  /** The host computes levels from hits, which are equal, and so everything is. */
  @ParameterizedTest
  @CsvSource({
    "train, --neuron=lif, --levers=da=plasticity-gate",
    "train, --rule=local-error, --levers=da=plasticity-gate",
    "continual, --neuron=lif, --levers=da=expectation"
  })
  void openClComesToTheBitsAndLevelsOfTheCpu(String command, String option, String lever)
      throws IOException {
    var device = OpenClHere.device(ModulationCommandTest.class);
    String[] own = {option, "--steps=" + (option.endsWith("lif") ? "6" : "1"), ALL, lever};
    own = option.startsWith("--rule") ? new String[] {option, "--neuron=rate", ALL, lever} : own;
    String cpu = digest(run(command, "cpu", own));
    List<String> arguments = arguments(command, "opencl", own);
    arguments.removeIf(each -> each.startsWith("--backend") || each.startsWith("--threads"));
    arguments.addAll(List.of("--backend=opencl", "--device=" + device.number()));
    Invocation.of(arguments).assertDone();
    assertEquals(cpu, digest(FinishedRun.result(folder.resolve("opencl"))));
    assertEquals(
        Files.readString(folder.resolve("cpu/levels.csv")),
        Files.readString(folder.resolve("opencl/levels.csv")));
  }

  @Test
  void aKilledRunResumesToTheSameBits() throws Exception {
    String[] own = {"--neuron=lif", "--steps=8", ALL, "--serotonin-time=300", "--batch=8"};
    String unbroken = digest(run("train", "whole", own));
    Path out = folder.resolve("killed");
    List<String> arguments = arguments("train", "killed", own);
    arguments.add("--checkpoint-seconds=0.01");
    FileTime checkpoint = null;
    for (int kill = 0; kill < 2; kill++) {
      ChildRun child = new ChildRun(out, "", arguments);
      if (child.awaitCheckpoint(checkpoint)) {
        child.kill();
      } else {
        child.assertDone();
        break;
      }
      checkpoint = child.checkpointTime();
      arguments =
          List.of("train", "--resume", "--out=" + out, "--quiet", "--threads=" + (1 + kill));
    }
    if (!Files.exists(out.resolve("result.json"))) {
      Invocation.of("train", "--resume", "--out=" + out, "--quiet").assertDone();
    }
    assertEquals(unbroken, digest(FinishedRun.result(out)));
    assertEquals(
        Files.readString(folder.resolve("whole/levels.csv")),
        Files.readString(out.resolve("levels.csv")));
  }

  @Test
  void noisyLabelsAreOfTrainingAloneAndAreTold() throws IOException {
    JsonNode clean = run("train", "clean", "--neuron=rate");
    JsonNode noisy = run("train", "noisy", "--neuron=rate", "--label-noise=0.8");
    assertEquals(0.8, noisy.at("/dataset/label_noise").asDouble());
    assertFalse(clean.get("dataset").has("label_noise"));
    assertNotEquals(digest(clean), digest(noisy));
    assertNotEquals(clean.at("/dataset/sha256"), noisy.at("/dataset/sha256"));
    assertEquals(clean.at("/confusion/class_samples"), noisy.at("/confusion/class_samples"));
    double right = noisy.get("epochs").get(1).get("train_accuracy").asDouble();
    assertTrue(right < 0.5, "labels that are drawn cannot be told: " + right);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | --modulators=da,nax | did you mean na",
        "train | --modulators=na --levers=na=gian | did you mean gain",
        "train | --modulators=na --levers=da=gain | not among --modulators na",
        "train | --modulators=na --levers=gain | MODULATOR=LEVER",
        "train | --modulators=5ht --levers=5ht=reset | na's alone",
        "train | --levers=na=gain | none is there",
        "train | --serotonin-time=5 | none is there",
        "train | --modulators=5ht --serotonin-time=0 | above 0",
        "train | --modulators=ach --acetylcholine-time=-1 | above 0",
        "train | --modulators=na --noradrenaline-time=NaN | above 0",
        "train | --modulators=na --noradrenaline-gain=-1 | at least 0",
        "train | --modulators=na --resting-error=1.5 | below 1",
        "train | --modulators=na --couplings=1,0 | 16 in all",
        "train | --modulators=da --rule=drtp --levers=da=expectation | choose rule naca",
        "train | --modulators=da --neuron=rate --rule=bp | tensor engine",
        "train | --label-noise=1.5 | [0, 1]",
        "continual | --modulators=da --rule=naca-competitive | by its wins",
        "continual | --modulators=da --baseline=class-mean | no use for --modulators"
      })
  void whatIsWrongIsRefusedInOneLine(String command, String options, String part) {
    List<String> arguments = arguments(command, "run", options.strip().split(" "));
    if (options.contains("class-mean")) {
      arguments.removeIf(each -> each.matches("--(network|epochs).*"));
    }
    if (options.contains("competitive")) {
      arguments.removeIf(each -> each.startsWith("--network"));
    }
    Invocation.of(arguments).assertFails(Raphe.WRONG_INPUT, part.strip());
    assertFalse(Files.exists(folder.resolve("run/result.json")));
  }
}
