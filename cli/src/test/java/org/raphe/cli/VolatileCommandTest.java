package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.model.Model;
import org.raphe.model.ModelProvenance;

class VolatileCommandTest {
  private static final String[] SHORT = {
    "--samples=600",
    "--network=784-20-10",
    "--plastic-samples=150",
    "--first-switch=200",
    "--between-switches=100-150",
    "--first-noise=120",
    "--noise-lengths=50-100",
    "--threads=1",
    "--quiet"
  };

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"), 1000);
  }

  private static List<String> arguments(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("volatile", "--dataset=mnist", "--data=" + data));
    for (String usual : SHORT) {
      String name = usual.replaceFirst("=.*", "=");
      if (Arrays.stream(more).noneMatch(option -> option.startsWith(name))) {
        arguments.add(usual);
      }
    }
    arguments.add("--out=" + out);
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private JsonNode run(String name, String... more) throws IOException {
    Path out = folder.resolve(name);
    Invocation.of(arguments(out, more)).assertDone();
    return new ObjectMapper().readTree(out.resolve("result.json").toFile());
  }

  private static String digest(JsonNode result) {
    return result.get("weights_sha256").asText();
  }

  @Test
  void aRunLeavesMeasuresLevelsAndAModel() throws IOException {
    JsonNode result = run("run", "--compare=all");
    JsonNode stream = result.get("volatile_stream");
    assertEquals("volatile", result.get("command").asText());
    assertEquals(200, stream.get("switches").get(0).get("sample").asInt());
    assertTrue(stream.get("contexts").asInt() >= 2);
    JsonNode learners = stream.get("learners");
    Set<String> groups = new TreeSet<>();
    learners.forEach(learner -> groups.add(learner.get("group").asText()));
    assertEquals(Set.of("modulated", "factorial", "lesions", "na-times", "controls"), groups);
    assertEquals(34, learners.size());
    for (JsonNode learner : learners) {
      double accuracy = learner.get("accuracy").asDouble();
      assertTrue(accuracy > 0 && accuracy < 1, learner.toString());
      assertTrue(learner.get("macs").asLong() > 0);
    }
    List<String> levels = Files.readAllLines(folder.resolve("run/levels.csv"));
    assertEquals(61, levels.size(), "a row a batch, and a heading");
    for (String row : levels.subList(1, levels.size())) {
      String[] cells = row.split(",");
      assertEquals(10, cells.length, row);
      assertTrue(Math.abs(Float.parseFloat(cells[1])) <= 1, "dopamine: " + row);
      for (int level = 2; level <= 4; level++) {
        float value = Float.parseFloat(cells[level]);
        assertTrue(value >= 0 && value <= 1, row);
      }
    }
    assertEquals(35, Files.readAllLines(folder.resolve("run/metrics.csv")).size());
    ModelProvenance provenance = Model.read(folder.resolve("run/model.safetensors")).provenance();
    assertEquals("local-error", provenance.rule());
    assertTrue(provenance.settings().get("stream").contains("firstSwitch=200"));
    assertFalse(Files.exists(folder.resolve("run/checkpoint.safetensors")));
    JsonNode course = stream.get("course");
    assertEquals(6, course.get("accuracy").size());
    assertEquals(6, course.get("levels").get("noradrenaline").size());
  }

  /** The first learner of a set is the same whatever learns beside it. */
  @Test
  void whatIsComparedChangesNothing() throws IOException {
    JsonNode alone = run("alone", "--compare=none").get("volatile_stream");
    JsonNode beside = run("beside", "--compare=factorial,controls").get("volatile_stream");
    assertEquals(1, alone.get("learners").size());
    assertEquals(alone.get("learners").get(0), beside.get("learners").get(0));
    JsonNode factorial = beside.get("learners").get(8);
    assertEquals("da,ach,5ht,na", factorial.get("name").asText());
    assertEquals(alone.get("learners").get(0).get("accuracy"), factorial.get("accuracy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--modulators=da,ach",
        "--lesion=copy",
        "--na-times=oracle",
        "--na-times=yoked",
        "--densities=5ht=drawn",
        "--densities=d1-d2",
        "--acetylcholine-time=50",
        "--serotonin-time=50",
        "--seed=2",
        "--noise=0.1",
        "--moved=2",
        "--plastic-samples=100",
        "--rule=naca",
        "--local-heads=learned",
        "--images=1-900",
        "--couplings=0,0,0,0,0.2,0,0,0,0,0,0,0,0,0,0,0"
      })
  void anOptionChangesWhatIsLearned(String option) throws IOException {
    String usual = digest(run("usual", "--compare=none"));
    assertNotEquals(usual, digest(run("other", "--compare=none", option)));
  }

  @Test
  void spikingUnitsAreRead() throws IOException {
    JsonNode result = run("run", "--compare=none", "--neuron=lif", "--steps=6");
    assertEquals("lif", result.get("neuron").asText());
    long spikes = result.get("cost").get("synaptic_operations").get("forward").asLong();
    assertTrue(spikes > 0, "spikes are counted");
  }

  /** Levels too: they are part of the state whose digest is compared. */
  @ParameterizedTest
  @ValueSource(strings = {"--neuron=rate", "--neuron=lif"})
  void openClComesToTheBitsOfTheCpuOverAWholeStream(String neuron) throws IOException {
    OpenClHere.device(VolatileCommandTest.class);
    String[] own = {neuron, "--steps=" + (neuron.endsWith("lif") ? "6" : "1"), "--compare=all"};
    String cpu = digest(run("cpu", own));
    Path out = folder.resolve("opencl");
    List<String> arguments = arguments(out, own);
    arguments.remove("--threads=1");
    arguments.add("--backend=opencl");
    Invocation.of(arguments).assertDone();
    assertEquals(cpu, digest(new ObjectMapper().readTree(out.resolve("result.json").toFile())));
    assertEquals(
        Files.readString(folder.resolve("cpu/levels.csv")),
        Files.readString(out.resolve("levels.csv")));
  }

  @Test
  void aSweepRefusesWhatCannotRunBeforeTheFirst() throws IOException {
    Path out = folder.resolve("sweep");
    List<String> arguments = new ArrayList<>(List.of("sweep", "--command=volatile"));
    arguments.addAll(List.of("--dataset=mnist", "--data=" + data, "--rules=local-error"));
    arguments.addAll(List.of("--neurons=rate", "--seeds=1", "--out=" + out));
    for (String usual : SHORT) {
      if (usual.contains("=")) {
        arguments.add("--set=" + usual.substring(2));
      }
    }
    List<String> wrong = new ArrayList<>(arguments);
    wrong.addAll(List.of("--set=lesion=none,recal", "--set=compare=none"));
    Invocation.of(wrong).assertFails(Raphe.WRONG_INPUT, "recal", "did you mean recall");
    assertFalse(Files.exists(out), "nothing was started");
    wrong.set(wrong.size() - 2, "--set=readouts=2");
    wrong.set(wrong.size() - 1, "--set=compare=controls");
    Invocation.of(wrong).assertFails(Raphe.WRONG_INPUT, "more than the 2 read-outs");
    assertFalse(Files.exists(out), "nothing was started");
  }

  @Test
  void aKilledStreamResumesToTheSameBits() throws Exception {
    String unbroken = digest(run("whole", "--compare=na-times,controls"));
    Path out = folder.resolve("killed");
    List<String> arguments =
        arguments(out, "--compare=na-times,controls", "--checkpoint-seconds=0.01");
    FileTime checkpoint = null;
    for (int kill = 0; kill < 3; kill++) {
      ChildRun child = new ChildRun(out, "", arguments);
      if (child.awaitCheckpoint(checkpoint)) {
        child.kill();
      } else {
        child.assertDone();
        break;
      }
      checkpoint = child.checkpointTime();
      arguments =
          List.of("volatile", "--resume", "--out=" + out, "--quiet", "--threads=" + (1 + kill));
    }
    if (!Files.exists(out.resolve("result.json"))) {
      Invocation.of("volatile", "--resume", "--out=" + out, "--quiet").assertDone();
    }
    JsonNode result = new ObjectMapper().readTree(out.resolve("result.json").toFile());
    assertEquals(unbroken, digest(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--modulators=da,nax | did you mean na",
        "--lesion=recal | did you mean recall",
        "--na-times=orakle | did you mean oracle",
        "--compare=lesion | did you mean lesions",
        "--couplings=1,0,0 | 16 in all, not 3",
        "--couplings=2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0 | [-1, 1]",
        "--densities=1.5 | [0, 1]",
        "--densities=da=0.5,da=0.6 | twice",
        "--acetylcholine-time=0 | above 0",
        "--serotonin-time=-3 | above 0",
        "--dopamine-time=NaN | above 0",
        "--readouts=2 | more than the 2 read-outs",
        "--readouts=1 | 2..64",
        "--images=5-2000 | 1-1000",
        "--samples=5000 | there are 1000",
        "--moved=12 | cannot move 12 classes of 10",
        "--noise=1.5 | [0, 1]",
        "--between-switches=5 | LEAST-MOST",
        "--rule=bp | tensor engine",
        "--rule=naca-competitive | columns",
        "--epochs=3 | once",
        "--fixed-rates=0 | above 0",
        "--resume | nothing to resume"
      })
  void whatIsWrongIsRefusedInOneLine(String option, String part) {
    Invocation.of(arguments(folder.resolve("run"), option))
        .assertFails(Raphe.WRONG_INPUT, part.strip());
    assertFalse(Files.exists(folder.resolve("run/result.json")));
  }
}
