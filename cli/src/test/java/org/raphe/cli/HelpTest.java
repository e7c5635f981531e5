package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.learning.LearningSpec;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Help: groups, examples, and defaults as they hold. */
class HelpTest {
  private static final Pattern EXAMPLE = Pattern.compile("raphe ([^|>)]*)");

  @TempDir Path folder;

  static Stream<String> commands() {
    return Raphe.commands().getSubcommands().keySet().stream().filter(name -> !name.equals("help"));
  }

  private static CommandLine command(String name) {
    return Raphe.commands().getSubcommands().get(name);
  }

  private static List<String> help(String name) {
    return Invocation.of(name, "--help").assertDone().out().lines().toList();
  }

  /** Examples that do not parse would teach what is refused. */
  @ParameterizedTest
  @MethodSource("commands")
  void twoExamplesStandAtTheEndAndAreCommandLines(String name) {
    List<String> lines = help(name);
    List<String> examples = lines.subList(lines.indexOf("Examples:") + 1, lines.size());
    assertEquals(2, examples.size(), lines.toString());
    for (String example : examples) {
      Matcher typed = EXAMPLE.matcher(example);
      assertTrue(typed.find(), example);
      List<String> words =
          List.of(typed.group(1).replaceAll("'[^']*'", "text").strip().split(" +"));
      assertEquals(name, words.get(0), example);
      Raphe.commands().parseArgs(words.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatCannotBeLeftOutStandsInTheFirstLine(String name) {
    String usage = help(name).get(0);
    assertTrue(usage.startsWith("Usage: raphe " + name + " "), usage);
    assertTrue(usage.endsWith(" [OPTIONS]"), usage);
    for (OptionSpec option : command(name).getCommandSpec().options()) {
      assertEquals(option.required(), usage.contains(option.longestName() + " "), usage);
    }
  }

  /** Each option once, below the heading of its group, groups in their order. */
  @ParameterizedTest
  @MethodSource("commands")
  void optionsStandInGroups(String name) {
    List<String> lines = help(name);
    List<OptionGroup> seen = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (String line : lines) {
      for (OptionGroup group : OptionGroup.values()) {
        if (line.equals(group.heading() + ":")) {
          seen.add(group);
        }
      }
      Matcher option = Pattern.compile(" {2}(-h, | {4})(--[a-z0-9-]+).*").matcher(line);
      if (option.matches()) {
        options.add(option.group(2));
        OptionSpec spec = command(name).getCommandSpec().findOption(option.group(2));
        assertEquals(GroupedHelp.groupOf(spec), seen.get(seen.size() - 1), line);
      }
    }
    assertEquals(seen.stream().sorted().distinct().toList(), seen);
    assertEquals(
        command(name).getCommandSpec().options().stream()
            .map(OptionSpec::longestName)
            .sorted()
            .toList(),
        options.stream().sorted().toList());
  }

  @Test
  void trainingHasItsGroups() {
    List<String> lines = help("train");
    for (String heading : List.of("Data:", "Network:", "Learning rule:", "Backend:", "General:")) {
      assertTrue(lines.contains(heading), heading);
    }
    assertEquals("Options:", OptionGroup.OWN.heading() + ":");
    assertTrue(!lines.contains("Options:"), "every option of train has a group");
  }

  /** The help tells the values themselves, and they are those that a plan has. */
  @ParameterizedTest
  @CsvSource({
    "train, --neuron=lif, 0.001 for lif, 0.003, linear, mse for lif, 20 for lif",
    "train, --neuron=rate, 0.01 for rate, 0.003, linear, cross-entropy for rate, 1 for rate",
    "train, --preset=naca-published, naca-published: 1e-4, naca-published: 1e-4, constant, naca-published: mse, naca-published: 1",
    "continual, --gate=input, 5e-4 for sgd, that of hidden layers, constant, the last step's error, 1",
    "continual, --gate=none, 1e-4 for adam, that of hidden layers, constant, without a gate: mse, 1",
  })
  void defaultsAreResolved(
      String name,
      String option,
      String rate,
      String readout,
      String schedule,
      String loss,
      String scale)
      throws Exception {
    Path data = SmallImages.write(folder.resolve("data"));
    CommandLine commands = Raphe.commands();
    commands.parseArgs(name, "--dataset=mnist", "--data=" + data, option);
    LearningCommand learning = commands.getSubcommands().get(name).getCommand();
    TrainingPlan plan = learning.plan(learning.load());
    LearningSpec spec = plan.learning();
    assertSays(name, "--learning-rate", rate, spec.hidden().learningRate());
    if (readout.matches(".*\\d.*")) {
      assertSays(name, "--readout-learning-rate", readout, spec.readout().learningRate());
    } else {
      assertSays(name, "--readout-learning-rate", readout);
      assertEquals(spec.hidden().learningRate(), spec.readout().learningRate());
    }
    assertSays(name, "--schedule", schedule);
    assertEquals(plan.schedule().toString(), schedule);
    assertSays(name, "--readout-scale", scale, spec.loss().scale());
    assertSays(name, "--readout-loss", loss);
    String kind = spec.loss().kind().toString().toLowerCase(Locale.ROOT);
    assertEquals(
        kind.replace("mean_squared", "mse").replace("cross_entropy", "cross-entropy"),
        loss.contains("last step") ? "last_step" : loss.replaceAll(" for .*|.*: ", ""));
  }

  private static void assertSays(String name, String option, String part) {
    String said = String.join(" ", command(name).getCommandSpec().findOption(option).description());
    assertTrue(said.substring(said.indexOf("Default:")).contains(part), option + ": " + said);
  }

  private static void assertSays(String name, String option, String part, double value) {
    assertSays(name, option, part);
    String number = part.replaceAll(".*: | for .*", "");
    assertEquals(value, Double.parseDouble(number), 1e-12, option);
  }
}
