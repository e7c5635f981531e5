package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

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
            Raphe.WRONG_INPUT, "--rule " + rule + " needs the tensor engine", "./raphe puts it");
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @CsvSource({"bp,lif,rate", "bptt,rate,lif"})
  void eachIsForOneKindOfUnits(String rule, String neuron, String needed) {
    train(temporary.resolve("run"), "--rule", rule, "--neuron", neuron)
        .assertFails(
            Raphe.WRONG_INPUT, "--rule " + rule + " is for --neuron " + needed, "not " + neuron);
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

  @Test
  void anUnknownRuleIsAnsweredWithAllOfThem() {
    train(temporary.resolve("run"), "--rule", "hebb")
        .assertFails(Raphe.WRONG_INPUT, "\"hebb\" is unknown", "naca-closed", "frozen, bp, bptt");
  }
}
