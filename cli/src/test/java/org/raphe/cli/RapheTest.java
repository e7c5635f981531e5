package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Help, and command lines that are wrong. */
class RapheTest {
  @TempDir static Path temporary;
  private static Path data;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "devices",
        "datasets",
        "parity",
        "bench",
        "report",
        "sweep",
        "build",
        "completion"
      })
  void helpShowsEveryOptionWithItsDefault(String name) {
    Invocation help = Invocation.of(name, "--help").assertDone();
    assertEquals("", help.err());
    String shown = help.out().replaceAll("\\s+", " ");
    CommandLine command = new CommandLine(Raphe.class).getSubcommands().get(name);
    for (OptionSpec option : command.getCommandSpec().options()) {
      assertTrue(shown.contains(option.longestName()), option.longestName());
      if (option.defaultValue() != null && option.arity().max() > 0) {
        String told = "Default: " + option.defaultValue() + ".";
        assertTrue(shown.contains(told), option.longestName() + " does not say " + told);
      }
    }
    assertTrue(help.out().contains("Usage: raphe " + name), help.out());
    assertTrue(help.out().lines().noneMatch(line -> line.contains("DEFAULT-VALUE")), help.out());
  }

  /** Options without a default of their own say what holds instead. */
  @Test
  void settingsOfALearningRunAllSayTheirDefault() {
    CommandLine train = new CommandLine(Raphe.class).getSubcommands().get("train");
    List<String> needNone =
        List.of(
            "--dataset",
            "--data",
            "--download",
            "--validation",
            "--resume",
            "--quiet",
            "--sync",
            "--config",
            "--stacktrace",
            "--help");
    for (OptionSpec option : train.getCommandSpec().options()) {
      if (!needNone.contains(option.longestName())) {
        String text = String.join(" ", option.description());
        assertTrue(text.contains("Default:"), option.longestName() + ": " + text);
      }
    }
  }

  @Test
  void helpAndVersionOfTheWhole() {
    String help = Invocation.of("--help").assertDone().out();
    for (String name :
        List.of(
            "train",
            "evaluate",
            "devices",
            "datasets",
            "parity",
            "bench",
            "report",
            "sweep",
            "build",
            "completion")) {
      assertTrue(help.lines().anyMatch(line -> line.strip().startsWith(name + " ")), name);
    }
    assertEquals(help, Invocation.of("help").assertDone().out());
    assertTrue(Invocation.of("--version").assertDone().out().startsWith("raphe "));
    assertTrue(Invocation.of("help", "train").assertDone().out().contains("--network"));
  }

  @Test
  void withoutACommandTheUsageIsShown() {
    Invocation bare = Invocation.of();
    assertEquals(Raphe.WRONG_INPUT, bare.status());
    assertTrue(bare.err().startsWith("Usage: raphe"), bare.err());
    assertEquals("", bare.out());
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense,nonsense",
    "--nonsense,--nonsense",
    "train --dataset mnist --nonsense,--nonsense",
    "train,--dataset",
    "train --dataset,--dataset",
    "train --dataset mnist extra,extra",
    "train --dataset mnist --epochs two,two",
    "train --dataset mnist --dataset mnist,--dataset",
    "evaluate --dataset mnist,--model",
    "train --dataset no-such,no-such",
    "train --dataset fsdd,--data",
    "train --dataset mnist --resume,--resume needs --out",
    "parity --backends gpu,gpu",
    "bench --samples 1,--samples",
    "report,RUN",
    "report no-such,no-such",
    "sweep --dataset mnist,--out",
    "trian --dataset mnist,did you mean train?",
    "help trian,did you mean train?",
    "train --dataset mnist --epoch 3,did you mean --epochs?",
    "train --datset mnist,--datset is no option of it; did you mean --dataset?",
    "train --dataset=mnist --learningrate=1,did you mean --learning-rate?",
    "train --dataset mnst,did you mean mnist?",
    "train --dataset fashion,did you mean fashion-mnist?",
    "parity --backends opncl,did you mean opencl?",
    "verify --backend cudda,did you mean cuda?",
    "build benchmark,did you mean benchmarks?",
    "help nonsense,nonsense"
  })
  void wrongCommandLinesAreNamed(String line, String part) {
    Invocation wrong = Invocation.of(line.split(" "));
    wrong.assertFails(Raphe.WRONG_INPUT, part);
    assertEquals("", wrong.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--backend opencl --threads 2|for the CPU backend",
        "--backend cpu --device 1|device 0 only",
        "--backend cuda --threads 2|for the CPU backend",
        "--backend gpu|\"gpu\" is unknown",
        "--threads 0|threads must be in 1..1024",
        "--threads 1000000000|threads must be in 1..1024",
        "--kernels fast|\"fast\" is unknown",
        "--network 784-x-10|position 5",
        "--network 784-0-10|position 5",
        "--network 784-|position 5",
        "--network -784-10|position 1",
        "--network 28x28-10-10|position 1",
        "--network 28x28x1-c8k35-10|position 9: a kernel of 35 is larger than its input, 28x28",
        "--network 14x56x1-c8k5-10|samples of 14x56x1, but those of",
        "--network 784-99999999999-10|position 5",
        "--network 784-40-3|tells 3 classes",
        "--network 100-40-10|takes 100 features",
        "--network 784-400000-10|at most",
        "--neuron tanh|\"tanh\" is unknown; choose one of lif, rate",
        "--rule hebb|\"hebb\" is unknown; choose one of naca, drtp",
        "--preset other|\"other\" is unknown; choose one of default, naca-published, naca-mnist-conv, naca-tidigits, images",
        "--optimizer lion|\"lion\" is unknown; choose one of adam, sgd",
        "--schedule cosine|\"cosine\" is unknown; choose one of constant, linear",
        "--readout-loss hinge|\"hinge\" is unknown",
        "--readout-credit all|\"all\" is unknown",
        "--readout-scale 0|above 0",
        "--rule dffa|did you mean dfa?",
        "--rule competitive|did you mean naca-competitive?",
        "--preset published|did you mean naca-published?",
        "--optimizer adma|did you mean adam?",
        "--backend gpu|choose one of auto, cpu, opencl, cuda",
        "--backend cdua|did you mean cuda?",
        "--kernels vectors|did you mean vector?",
        "--neuron lf|did you mean lif?",
        "--readout-loss crossentropy|did you mean cross-entropy?",
        "--innervation unifrom|did you mean uniform?",
        "--innervation cauchy|\"cauchy\" is unknown",
        "--theta-max -1|theta_max of at least 0, not 0.5 and -1",
        "--learning-rate -1|not be",
        "--learning-rate NaN|finite",
        "--epochs 0|epochs must be at least 1, not 0",
        "--batch 0|batch in 1..4096",
        "--batch 5000|batch in 1..4096",
        "--steps 0|steps must be in 1..1024",
        "--neuron rate --steps 5|rate units have one step",
        "--input-scale 0|above 0",
        "--train-limit 0|--train-limit must be at least 1",
        "--test-limit -3|--test-limit must be at least 1",
        "--validation 0|takes 1..299",
        "--validation 300|takes 1..299",
        "--checkpoint-seconds -1|--checkpoint-seconds",
        "--checkpoint-seconds NaN|--checkpoint-seconds",
        "--seed 99999999999999999999|99999999999999999999"
      })
  void wrongSettingsAreNamedBeforeAFolderIsMade(String options, String part) {
    Path out = temporary.resolve("never");
    List<String> arguments = SmallImages.train(data, out, options.split(" "));
    Invocation.of(arguments).assertFails(Raphe.WRONG_INPUT, part.equals("not be") ? "rate" : part);
    assertTrue(Files.notExists(out), "no run folder is left behind");
  }

  @Test
  void aStackTraceIsShownWhereItIsAskedFor() {
    Invocation wrong = Invocation.of("train", "--dataset", "no-such", "--stacktrace");
    assertEquals(Raphe.WRONG_INPUT, wrong.status());
    assertTrue(wrong.err().contains("\tat org.raphe"), wrong.err());
  }

  @Test
  void dataThatCannotBeReadIsNamed() throws IOException {
    Path bad = SmallImages.write(temporary.resolve("bad"));
    Path labels = bad.resolve("train-labels-idx1-ubyte");
    byte[] content = Files.readAllBytes(labels);
    content[20] = 77;
    Files.write(labels, content);
    Path out = temporary.resolve("never");
    Invocation.of(SmallImages.train(bad, out)).assertFails(Raphe.WRONG_INPUT, "77");
    Files.write(labels, new byte[] {0, 0, 8});
    Invocation.of(SmallImages.train(bad, out))
        .assertFails(Raphe.WRONG_INPUT, "train-labels-idx1-ubyte");
    Invocation.of(SmallImages.train(temporary.resolve("absent"), out))
        .assertFails(Raphe.WRONG_INPUT, "no such folder");
    assertTrue(Files.notExists(out));
  }

  @Test
  void devicesAndDatasetsAreListed() {
    String devices = Invocation.of("devices").assertDone().out();
    assertTrue(devices.lines().anyMatch(line -> line.matches("cpu +0 +yes .*")), devices);
    assertTrue(
        devices.lines().anyMatch(line -> line.matches("opencl +(- +no|[0-9]+ +(yes|no)) .*")),
        devices);
    assertTrue(
        devices.lines().anyMatch(line -> line.matches("cuda +(- +no|[0-9]+ +(yes|no)) .*")),
        devices);
    String datasets = Invocation.of("datasets").assertDone().out();
    for (String name : List.of("mnist", "fashion-mnist", "fsdd", "fsdd-speaker", "tidigits")) {
      assertTrue(datasets.lines().anyMatch(line -> line.startsWith(name + " ")), datasets);
    }
  }
}
