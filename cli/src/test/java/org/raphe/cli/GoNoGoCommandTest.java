package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.result.ReadResult;
import org.raphe.result.RecordFile;
import org.raphe.result.StudyResult;

/** {@code raphe gonogo}: what it leaves, and what it refuses. */
class GoNoGoCommandTest {
  @TempDir Path folder;

  private Invocation run(String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("gonogo", "--backend", "cpu", "--quiet"));
    arguments.addAll(List.of("--threads", "1", "--kernels", "plain"));
    arguments.addAll(List.of("--out", folder.resolve(out).toString()));
    arguments.addAll(List.of(more));
    return Invocation.of(arguments);
  }

  @Test
  void aStudyLeavesItsMeasuresAndAReportShowsThem() throws IOException {
    run("study", "--learners", "4", "--trials", "50", "--compare", "controls,release").assertDone();
    Path file = folder.resolve("study/result.json");
    var read = ReadResult.of(file);
    StudyResult study = read.result().study();
    assertEquals(
        List.of("modulated", "no-na", "random-times", "yoked", "oracle", "surprise"),
        study.variants().stream().map(StudyResult.Variant::name).toList());
    assertEquals(List.of(25), study.shifts());
    StudyResult.Variant oracle = study.variants().get(4);
    assertEquals(1.0, oracle.releases().mean(), "released at the shift, of every learner");
    assertEquals(List.of(0.0), oracle.noradrenaline().mean().subList(0, 1));
    assertTrue(oracle.noradrenaline().mean().get(1) > 0.3);
    assertEquals("reversal", read.settings().get("task/shift"));
    assertEquals(13, Files.readAllLines(folder.resolve("study/metrics.csv")).size());
    Path again = folder.resolve("again.json");
    RecordFile.write(again, read.result());
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), "read and written");
    Path page = folder.resolve("page.html");
    Invocation.of("report", folder.resolve("study").toString(), "--out", page.toString())
        .assertDone();
    String html = Files.readString(page);
    assertTrue(html.contains("Learners that adapt"));
    assertTrue(html.contains("random-times"));
    assertTrue(html.contains("H(A | cue)"));
  }

  /** Keys may be added; none is renamed, moved or removed. */
  @Test
  void keysOfAStudyStay() throws IOException {
    run("keys", "--learners", "2", "--trials", "40").assertDone();
    JsonNode content = new ObjectMapper().readTree(folder.resolve("keys/result.json").toFile());
    Set<String> keys = new LinkedHashSet<>();
    content.path("study").fieldNames().forEachRemaining(keys::add);
    assertEquals(
        Set.of(
            "task",
            "learner",
            "learners",
            "trials",
            "steps",
            "shifts",
            "block_trials",
            "variants",
            "seconds"),
        keys);
    JsonNode variant = content.path("study").path("variants").path(0);
    for (String key :
        "group name rules releases correct noradrenaline entropy state_sha256".split(" ")) {
      assertTrue(variant.has(key), key);
    }
    for (String key : "mean low high count".split(" ")) {
      assertTrue(variant.path("rules").path(0).path("reached").has(key), key);
    }
    assertEquals("gonogo", content.path("command").asText());
    assertNotNull(content.path("weights_sha256").textValue());
    assertNull(content.path("cost").textValue(), "what was not counted is null");
  }

  @Test
  void threadsAndSeedsOfTheBandit() throws IOException {
    String[] study = {"--task", "bandit", "--learners", "3", "--trials", "40"};
    run("one", study).assertDone();
    List<String> again = new ArrayList<>(Arrays.asList(study));
    again.addAll(List.of("--seed", "2"));
    run("other", again.toArray(String[]::new)).assertDone();
    StudyResult one = ReadResult.of(folder.resolve("one/result.json")).result().study();
    StudyResult other = ReadResult.of(folder.resolve("other/result.json")).result().study();
    assertTrue(!one.variants().get(0).stateSha256().equals(other.variants().get(0).stateSha256()));
    assertEquals("bandit", one.task().get("task"));
  }

  @Test
  void aStudyOnOpenClHasTheBitsOfTheCpuAndSaysWhatRanIt() throws IOException {
    var device = OpenClHere.device(GoNoGoCommandTest.class);
    String[] study = {"--learners", "3", "--trials", "40", "--compare", "controls"};
    run("cpu", study).assertDone();
    List<String> arguments = new ArrayList<>(List.of("gonogo", "--backend", "opencl", "--quiet"));
    arguments.addAll(List.of("--device", Integer.toString(device.number())));
    arguments.addAll(List.of("--out", folder.resolve("opencl").toString()));
    arguments.addAll(List.of(study));
    Invocation.of(arguments).assertDone();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode cpu = mapper.readTree(folder.resolve("cpu/result.json").toFile());
    JsonNode opencl = mapper.readTree(folder.resolve("opencl/result.json").toFile());
    assertEquals(cpu.path("weights_sha256"), opencl.path("weights_sha256"));
    assertEquals(cpu.path("study").path("variants"), opencl.path("study").path("variants"));
    assertEquals("opencl", opencl.path("backend").path("name").asText());
    assertEquals(device.words(), opencl.path("backend").path("device").asText());
  }

  @Test
  void moreLearnersThanTheDeviceHoldsAreRefusedBeforeAnythingRuns() {
    OpenClHere.device(GoNoGoCommandTest.class);
    Invocation.of("gonogo", "--backend", "opencl", "--learners", "2000000000", "--quiet")
        .assertFails(Raphe.WRONG_INPUT, "choose at most");
  }

  @Test
  void optionsOfTheCpuAreRefusedOnADevice() {
    Invocation.of("gonogo", "--backend", "opencl", "--learners", "2", "--threads", "1")
        .assertFails(Raphe.WRONG_INPUT, "--threads");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --learners 0|at least 1 learner
          --learners 2000000000|choose at most
          --rewards hit=1,miss=0,false-alarm=-1|lacks correct-rejection
          --rewards hit=1,hit=2|twice
          --rewards hit|OUTCOME=R
          --task bandit --reward-probabilities 1.5,0.2|in [0, 1]
          --task bandit --reward-probabilities 0.8|BETTER,WORSE
          --task bandit --shift reversal|--shift is for --task go-nogo
          --shift revers|reversal
          --modulators na|lacks da
          --modulators da --compare controls|add na
          --na-bursts 1.5|probability of a burst
          --trials 30 --shifts 2|less than 20
          --steps 0|steps of a trial
          --block 0|--block
          --resume|holds no
          """)
  void whatCannotRunIsRefusedInOneLine(String typed, String said) {
    run("refused", typed.split(" ")).assertFails(Raphe.WRONG_INPUT, said);
  }
}
