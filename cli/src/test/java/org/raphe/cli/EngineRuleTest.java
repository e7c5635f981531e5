package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

/** Rules of an engine where there is none, and with options that are not theirs. */
class EngineRuleTest {
  @TempDir static Path temporary;
  private static Path data;

  @BeforeAll
  static void write() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private static Invocation train(Path out, String... more) {
    List<String> arguments = new ArrayList<>(SmallImages.train(data, out));
    arguments.addAll(Arrays.asList(more));
    return Invocation.of(arguments);
  }

  @ParameterizedTest
  @CsvSource({"bp,rate", "bptt,lif"})
  void withoutAnEngineOneLineSaysWhatToDoAndNoFolderIsMade(String rule, String neuron) {
    Path out = temporary.resolve("run-" + rule);
    train(out, "--rule", rule, "--neuron", neuron)
        .assertFails(
            Raphe.WRONG_INPUT,
            "--rule " + rule + " runs on the tensor engine, which is not on the class path");
    assertFalse(Files.exists(out));
  }

  /** In whatever way YAML lets a setting be written. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rule: bp\n", "{rule: bp}", "\"rule\": 'BP' # held\n", "---\nrule:\n  bp\n"})
  void aConfigFileMayNameTheRule(String text) throws IOException {
    Path config = Files.writeString(temporary.resolve("own.yaml"), text);
    train(temporary.resolve("run"), "--neuron", "rate", "--config", config.toString())
        .assertFails(Raphe.WRONG_INPUT, "--rule bp runs on the tensor engine");
  }

  @Test
  void aRunGoesOnWithTheRuleOfItsSettings() throws IOException {
    Path run = Files.createDirectories(temporary.resolve("begun"));
    Files.writeString(
        run.resolve("settings.yaml"), "dataset: mnist\ndata: " + data + "\nrule: bptt\n");
    Invocation.of("train", "--resume", "--out", run.toString())
        .assertFails(Raphe.WRONG_INPUT, "--rule bptt runs on the tensor engine");
  }

  @Test
  void aSweepNamesItBeforeAnyRun() {
    Path out = temporary.resolve("sweep");
    Invocation.of(
            "sweep",
            "--dataset",
            "mnist",
            "--data",
            data.toString(),
            "--neurons",
            "rate",
            "--rules",
            "naca,bp",
            "--out",
            out.toString())
        .assertFails(Raphe.WRONG_INPUT, "--rule bp runs on the tensor engine");
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @CsvSource({"bp,lif,rate units", "bptt,rate,spiking units (lif)"})
  void eachIsForOneKindOfUnits(String rule, String neuron, String needed) {
    train(temporary.resolve("run"), "--rule", rule, "--neuron", neuron)
        .assertFails(Raphe.WRONG_INPUT, "rule " + rule + " is for " + needed, "not for " + neuron);
  }

  @ParameterizedTest
  @CsvSource({
    "--gain,surprise,--gain surprise is for local rules",
    "--readout-credit,direct,--readout-credit direct is for local rules",
    "--backend,cpu,only --threads is for it",
    "--backend,opencl,only --threads is for it",
    "--kernels,plain,only --threads is for it",
    "--device,1,only --threads is for it"
  })
  void optionsOfLocalRulesAndBackendsAreRefused(String option, String value, String message) {
    train(temporary.resolve("run"), "--rule", "bp", "--neuron", "rate", option, value)
        .assertFails(Raphe.WRONG_INPUT, message);
  }

  private static Invocation continual(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("continual", "--dataset", "mnist", "--data", data.toString(), "--quiet"));
    arguments.addAll(List.of("--out", out.toString(), "--network", "784-20-10"));
    arguments.addAll(Arrays.asList(more));
    return Invocation.of(arguments);
  }

  @ParameterizedTest
  @CsvSource({"bp,rate", "bptt,lif", "ewc,rate", "ewc,lif"})
  void aStreamNeedsTheEngineToo(String rule, String neuron) {
    Path out = temporary.resolve("stream-" + rule);
    continual(out, "--rule", rule, "--neuron", neuron)
        .assertFails(
            Raphe.WRONG_INPUT,
            "--rule " + rule + " runs on the tensor engine",
            "put the module raphe-tensor-engine");
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rule=bp --neuron=lif | rule bp is for rate units, not for lif",
        "--rule=bptt --neuron=rate | rule bptt is for spiking units (lif), not for rate",
        "--rule=bp --neuron=rate --gate=input | --gate input does not go with --rule bp",
        "--rule=ewc --gate=input | --rule ewc; it has --gate none",
        "--rule=ewc --ewc-lambda=-1 | must be finite and not negative, not -1.0",
        "--rule=ewc --ewc-lambda=NaN | must be finite and not negative, not NaN",
        "--rule=bptt --ewc-lambda=5 | rule bptt has no setting ewc-lambda",
        "--ewc-lambda=5 | rule naca has no setting ewc-lambda",
        "--rule=ewc --baseline=frozen --ewc-lambda=5 | rule frozen has no setting ewc-lambda",
        "--rule=ewc --backend=cpu | only --threads is for it",
        "--rule=hebb | frozen, bp, bptt, ewc",
      })
  void whatNoStreamOfAnEngineTakesIsRefused(String options, String part) {
    continual(temporary.resolve("refused"), options.split(" "))
        .assertFails(Raphe.WRONG_INPUT, part);
    assertFalse(Files.exists(temporary.resolve("refused")));
  }

  /** The read-out alone learns, as the backend's rules let it, on the network of the rule named. */
  @Test
  void frozenHiddenLayersNeedNoEngine() throws IOException {
    Path out = temporary.resolve("frozen");
    continual(out, "--rule", "bp", "--neuron", "rate", "--baseline", "frozen", "--epochs", "1")
        .assertDone();
    JsonNode result = FinishedRun.result(out);
    assertEquals("frozen", result.get("rule").asText());
    assertEquals("none", result.get("learning").get("gate").asText());
  }

  @Test
  void consolidationIsForStreams() {
    train(temporary.resolve("run"), "--rule", "ewc")
        .assertFails(Raphe.WRONG_INPUT, "choose raphe continual --rule ewc");
  }

  @Test
  void anUnknownRuleIsAnsweredWithAllOfThem() {
    train(temporary.resolve("run"), "--rule", "hebb")
        .assertFails(Raphe.WRONG_INPUT, "\"hebb\" is unknown", "local-error", "frozen, bp, bptt");
  }
}
