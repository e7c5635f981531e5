package org.raphe.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.raphe.baseline.StreamBaseline;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measuring;
import org.raphe.data.Dataset;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Columns;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.training.LayerSchedule;
import org.raphe.training.TrainingPlan;

/**
 * What will run, said before it does: data and their sizes, network and rule with the rates that
 * hold, and the folder. The line of the backend stands between them, where it is opened.
 */
final class RunOutline {
  private final PrintWriter log;

  RunOutline(PrintWriter log) {
    this.log = log;
  }

  /**
   * The line of the data.
   *
   * @param measuredOn what stands in the place of its test samples
   */
  void data(Dataset dataset, String measuredOn) {
    log.println(
        String.format(
            Locale.ROOT,
            "data: %s, %,d training and %,d %s samples of %s features, %d classes",
            dataset.name(),
            dataset.train().size(),
            dataset.test().size(),
            measuredOn,
            dataset.train().shape(),
            dataset.train().classes()));
    log.flush();
  }

  /**
   * The line of network and rule, one more where there are modulators, and one where the rule is
   * another for these units.
   */
  void network(TrainingPlan plan, ExperienceStream stream) {
    log.println(
        String.join(
            "; ",
            "network: " + units(plan),
            "rule " + rule(plan.learning().rule()) + descent(plan),
            course(plan, stream)));
    if (!plan.modulation().isNone()) {
      log.println("modulators: " + ModulationOptions.levers(plan.modulation()));
    }
    Rule rule = plan.learning().rule();
    rule.sameAs(plan.network())
        .ifPresent(
            other ->
                log.println(
                    String.format(
                        "rule %s is %s for %s units, to the same bits",
                        rule.name(), other, plan.network().neuron())));
    log.flush();
  }

  /** The same of a baseline, which has no network. */
  void baseline(StreamBaseline baseline, ExperienceStream stream, long seed) {
    log.println(
        "baseline: "
            + baseline.name()
            + settings(baseline.settings())
            + "; "
            + experiences(stream)
            + "; seed "
            + seed);
    log.flush();
  }

  void folder(RunFolder folder, boolean resumed) {
    log.println("folder: " + folder.path() + (resumed ? ", where its checkpoint ended" : ""));
    log.flush();
  }

  private static String units(TrainingPlan plan) {
    NetworkSpec network = plan.network();
    String text = network.text() + " " + network.neuron();
    if (network.columns().isPresent()) {
      Columns columns = network.columns().get();
      return text + " in columns of " + columns.size() + ", of which " + columns.winners() + " win";
    }
    String window = network.neuron() == NeuronModel.LIF ? ", " + plan.steps() + " steps" : "";
    String activation =
        network.neuron() == NeuronModel.RATE ? " (" + network.activation() + ")" : "";
    return text + activation + window + (plan.gated() ? ", input gate" : "");
  }

  /** The rule, with those of its settings that are not its usual ones. */
  private static String rule(Rule rule) {
    Map<String, Object> others = new LinkedHashMap<>(rule.settings());
    others.entrySet().removeAll(Rules.named(rule.name()).settings().entrySet());
    return rule.name() + settings(others);
  }

  private static String settings(Map<String, ?> settings) {
    return settings.isEmpty()
        ? ""
        : settings.entrySet().stream()
            .map(setting -> setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** Optimizer and rates; nothing of a rule that descends no gradient. */
  private static String descent(TrainingPlan plan) {
    LearningSpec learning = plan.learning();
    if (!learning.rule().descends()) {
      return "";
    }
    Optimizer hidden = learning.hidden();
    double readout = learning.readout().learningRate();
    String rates = rate(hidden.learningRate());
    return ", "
        + hidden.name()
        + " "
        + (readout == hidden.learningRate() ? rates : rates + ", read-out " + rate(readout))
        + " "
        + plan.schedule()
        + layers(plan);
  }

  /** When hidden layers learn, and how fast, where they differ. */
  private static String layers(TrainingPlan plan) {
    return plan.layers().isEmpty()
        ? ""
        : ", hidden layers "
            + plan.layers().stream().map(RunOutline::layer).collect(Collectors.joining(", "));
  }

  private static String layer(LayerSchedule layer) {
    String factor = layer.rateFactor() == 1 ? "" : " at " + rate(layer.rateFactor()) + " times it";
    return "from epoch "
        + rate(layer.opens())
        + (Double.isInfinite(layer.closes()) ? "" : " to " + rate(layer.closes()))
        + factor;
  }

  private static String rate(double rate) {
    return Double.toString(rate).replaceFirst("\\.0(?=$|E)", "").replace('E', 'e');
  }

  private static String course(TrainingPlan plan, ExperienceStream stream) {
    String passes = plan.epochs() == 1 ? "" : "s";
    String course = "batch " + plan.batch() + ", " + plan.epochs();
    return stream.measuring() == Measuring.EACH_PASS
        ? course + " epoch" + passes + ", seed " + plan.seed()
        : course
            + " pass"
            + (passes.isEmpty() ? "" : "es")
            + (plan.stopAccuracy() == null ? "" : " at most")
            + " over each of "
            + experiences(stream)
            + ", seed "
            + plan.seed();
  }

  private static String experiences(ExperienceStream stream) {
    int count = stream.learned().size();
    return count + (count == 1 ? " experience" : " experiences");
  }
}
