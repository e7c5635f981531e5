package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.rule.Naca;
import org.raphe.training.LearningRateSchedule;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** One set of options for every command that learns, with each command's own defaults. */
class LearningOptionsTest {
  @TempDir static Path temporary;
  private static Path data;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private static CommandLine command(String name) {
    return Raphe.commands().getSubcommands().get(name);
  }

  private static TrainingPlan plan(String name, String... options) {
    CommandLine commands = Raphe.commands();
    List<String> typed = new ArrayList<>(List.of(name, "--data=" + data));
    typed.addAll(Arrays.asList(options));
    if (typed.stream().noneMatch(option -> option.startsWith("--dataset="))) {
      typed.add("--dataset=mnist");
    }
    commands.parseArgs(typed.toArray(String[]::new));
    LearningCommand learning = commands.getSubcommands().get(name).getCommand();
    return learning.plan(learning.load());
  }

  @Test
  void theConvolutionalPresetIsThePublishedNetworkUponTheDatasShape() {
    TrainingPlan published = plan("train", "--preset=naca-published");
    TrainingPlan plan = plan("train", "--preset=naca-mnist-conv");
    assertEquals("28x28x1-c64k5p2-pool-c128k5p2-pool-1000-10", plan.network().text());
    assertEquals(published.learning(), plan.learning());
    assertEquals(published.schedule(), plan.schedule());
    TrainingPlan named = plan("train", "--preset=naca-mnist-conv", "--network=784-20-10");
    assertEquals("784-20-10", named.network().text());
    InputException other =
        assertThrows(InputException.class, () -> plan("train", "--network=14x56x1-c2k3-10"));
    assertTrue(other.getMessage().contains("14x56x1, but those of mnist are 28x28x1"));
    InputException gated =
        assertThrows(InputException.class, () -> plan("continual", "--preset=naca-mnist-conv"));
    assertTrue(gated.getMessage().contains("without an input-type gate"), gated.getMessage());
  }

  private static String help(String command, String option) {
    OptionSpec spec = command(command).getCommandSpec().findOption(option);
    return String.join(" ", spec.description());
  }

  private static Set<String> options(String command) {
    return command(command).getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aStreamHasEveryOptionOfTraining() {
    Set<String> missing = options("train");
    missing.removeAll(options("continual"));
    // Layers that open by epochs, and labels that are wrong, are of one long experience.
    assertEquals(
        Set.of("--label-noise", "--layer-rates", "--layers-close", "--layers-open"), missing);
  }

  @Test
  void trainingTakesWhatItsHelpSays() {
    TrainingPlan plan = plan("train");
    assertSays("train", plan);
    assertEquals(plan, plan("train", "--preset=default", "--neuron=lif", "--optimizer=adam"));
    assertEquals(32, plan.batch());
    assertEquals(3, plan.epochs());
    assertEquals(LearningRateSchedule.LINEAR, plan.schedule());
    assertEquals(1e-3, plan.learning().hidden().learningRate());
    assertEquals(3e-3, plan.learning().readout().learningRate());
  }

  /** The published program's, whether the preset is named or not. */
  @Test
  void aStreamTakesWhatItsHelpSays() {
    TrainingPlan plan = plan("continual");
    assertSays("continual", plan);
    assertEquals(plan, plan("continual", "--preset=naca-published", "--optimizer=sgd"));
    assertEquals(256, plan.batch());
    assertEquals(10, plan.epochs());
    assertEquals(LearningSpec.published(Mode.CLASS_CONTINUAL, new Naca()), plan.learning());
    assertEquals(
        LearningSpec.published(Mode.CLASSIFICATION, new Naca()),
        plan("continual", "--gate=none").learning());
    TrainingPlan columns = plan("continual", "--rule=naca-competitive");
    assertEquals(columns, plan("continual", "--rule=naca-competitive", "--neuron=rate"));
    assertEquals(3, columns.epochs());
  }

  private static void assertSays(String command, TrainingPlan plan) {
    assertSays(command, "--batch", plan.batch());
    assertSays(command, "--epochs", plan.epochs());
    assertSays(command, "--steps", plan.steps());
    assertSays(command, "--seed", plan.seed());
    assertSays(command, "--neuron", plan.network().neuron());
    for (OptionSpec option : command(command).getCommandSpec().options()) {
      String said = String.join(" ", option.description());
      assertFalse(said.contains("bundle:") || said.contains("null"), said);
    }
  }

  private static void assertSays(String command, String option, Object taken) {
    String said = help(command, option);
    assertTrue(said.matches(".*Default: " + taken + "(;.*|\\.)"), option + ": " + said);
  }

  /** However values are typed, the plan is the same. */
  @ParameterizedTest
  @CsvSource({
    "train, --preset=naca-published --neuron=rate --activation=relu --optimizer=sgd",
    "train, --schedule=constant --readout-loss=cross-entropy --readout-credit=direct --gain=surprise",
    "train, --rule=drtp --dataset=mnist",
    "train, --innervation=beta",
    "train, --rule=local-error --local-heads=learned",
    "continual, --gate=none --protocol=published --baseline=joint --stop-accuracy=none",
    "continual, --rule=naca-competitive --gate=k-winners --readout=rls",
  })
  void valuesAreTakenInAnyCase(String command, String options) {
    String[] upper =
        Arrays.stream(options.split(" "))
            .map(
                option ->
                    option.substring(0, option.indexOf('='))
                        + option.substring(option.indexOf('=')).toUpperCase(Locale.ROOT))
            .toArray(String[]::new);
    assertEquals(plan(command, options.split(" ")), plan(command, upper));
  }

  /** An optimizer that is named has the published rate of its own, in training as in streams. */
  @ParameterizedTest
  @CsvSource({
    "continual, --optimizer=adam, 1e-4",
    "continual, --gate=none --optimizer=sgd, 5e-4",
    "train, --preset=naca-published --optimizer=sgd, 1e-4",
    "train, --optimizer=sgd, 1e-3",
    "continual, --preset=default --optimizer=sgd, 1e-3",
    "continual, --learning-rate=0.5, 0.5",
  })
  void ratesAreThePresets(String command, String options, double rate) {
    TrainingPlan plan = plan(command, options.split(" "));
    assertEquals(rate, plan.learning().hidden().learningRate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--preset=default",
        "--readout-learning-rate=0.5",
        "--schedule=linear",
        "--readout-loss=mse",
        "--readout-loss=cross-entropy",
        "--readout-loss=cross-entropy --readout-scale=3",
        "--readout-credit=direct",
        "--gain=surprise"
      })
  void aStreamLearnsByWhatIsGiven(String option) {
    assertNotEquals(plan("continual"), plan("continual", option.split(" ")));
  }

  /** What would be taken and decide nothing is refused, and what is for it is named. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train|--neuron=rate --input-scale=0.5|--input-scale is for spiking units",
        "train|--neuron=rate --readout-credit=chain|--readout-credit is for spiking units",
        "train|--preset=naca-published --readout-scale=2|--readout-scale decides nothing here",
        "train|--readout-loss=mse --gain=constant --readout-scale=2|--readout-scale decides nothing",
        "train|--rule=drtp --gain=constant --readout-scale=2|--readout-scale decides nothing here",
        "train|--rule=frozen --gain=surprise|--gain surprise decides nothing here",
        "continual|--readout-scale=3|--readout-scale decides nothing here",
        "continual|--gate=none --gate-margin=0.1|--gate-margin is for --gate input",
        "continual|--baseline=joint --gate-margin=0.1|--gate-margin is for --gate input",
      })
  void whatDecidesNothingIsRefused(String command, String options, String part) {
    InputException refused =
        assertThrows(InputException.class, () -> plan(command, options.split(" ")));
    assertTrue(refused.getMessage().startsWith(part), refused.getMessage());
  }

  /** Surprise is a softmax of the outputs too. */
  @Test
  void theScaleCountsWhereSurpriseDoes() {
    assertNotEquals(plan("train"), plan("train", "--readout-scale=2"));
  }

  @Test
  void theSpikeCodeIsScaledWithoutAGateAlone() {
    assertEquals(0.5f, plan("continual", "--gate=none", "--input-scale=0.5").inputScale());
    InputException refused =
        assertThrows(InputException.class, () -> plan("continual", "--input-scale=0.5"));
    assertTrue(refused.getMessage().startsWith("--input-scale is for networks without a gate"));
  }
}
