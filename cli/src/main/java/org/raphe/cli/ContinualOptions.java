package org.raphe.cli;

import org.raphe.InputException;
import org.raphe.cli.StreamOptions.Baseline;
import org.raphe.data.Dataset;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Frozen;
import org.raphe.rule.NacaCompetitive;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingPlanBuilder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The stream, and what of its network others do not have. What is not given is the published
 * program's (Zhang et al. 2023).
 */
@OptionGroup.Of(OptionGroup.STREAM)
final class ContinualOptions {
  @Mixin StreamOptions stream;
  @Mixin BaselineOptions analytic;
  @Mixin GateOptions gate;

  @Option(
      names = "--stop-accuracy",
      paramLabel = "A|none",
      description =
          "An experience ends after the first pass in which this share of its training samples was told right, each before its own update; none: always --epochs passes. Default: 0.95; joint, naca-competitive: none.")
  String stopAccuracy;

  @Mixin CompetitionOptions competition;

  private static final int EPOCHS = 10;
  private static final int COMPETITIVE_EPOCHS = 3;
  private static final double STOP_ACCURACY = 0.95;

  /** The plan for a data set. */
  TrainingPlan plan(Dataset dataset, LearningOptions learning) {
    Rule named = Rules.named(learning.rule.name);
    boolean competitive = GateOptions.competitive(named);
    NeuronModel units = learning.network.neuron(competitive ? NeuronModel.RATE : NeuronModel.LIF);
    Mode mode = gate.mode(named, baseline() == Baseline.JOINT);
    NetworkSpec network =
        competitive
            ? columns(dataset, learning.network, units)
            : learning.network.activated(
                learning.network.spec(
                    dataset, units, mode, learning.hidden(NetworkOptions.HIDDEN)));
    TrainingPlanBuilder plan =
        TrainingPlan.builder(network)
            .epochs(competitive ? COMPETITIVE_EPOCHS : EPOCHS)
            .stopAccuracy(stopAccuracy(competitive))
            .gateMargin(gate.margin(dataset))
            .protocol(stream.protocol());
    learning.presentation.set(plan, network);
    if (competitive) {
      return plan.learning(competitiveLearning(learning)).build();
    }
    competition.refuse(named.name());
    Preset preset = Preset.ofStream(learning.preset, units, mode);
    return plan.learning(learning.learning(rule(learning.rule), units, preset))
        .schedule(learning.optimizer.schedule(preset))
        .build();
  }

  Baseline baseline() {
    return stream.baseline();
  }

  /** What hidden layers that descend learn by. */
  private Rule rule(RuleOptions options) {
    return baseline() == Baseline.FROZEN ? options.with(new Frozen()) : options.rule();
  }

  /** A network in columns: about a thousand units, in whole columns of every class. */
  private NetworkSpec columns(Dataset dataset, NetworkOptions options, NeuronModel units) {
    int features = dataset.train().shape().size();
    long whole = (long) competition.size(features) * dataset.train().classes();
    int hidden =
        (int) Math.min(Integer.MAX_VALUE, Math.max(1, NetworkOptions.HIDDEN / whole) * whole);
    NetworkSpec spec = options.spec(dataset, units, Mode.CLASSIFICATION, Integer.toString(hidden));
    if (options.activation != null) {
      throw new InputException(
          "--activation is not for --rule "
              + new NacaCompetitive().name()
              + ", whose columns compete by their currents; leave it out");
    }
    return competition.inColumns(spec);
  }

  private LearningSpec competitiveLearning(LearningOptions learning) {
    if (baseline() == Baseline.FROZEN) {
      throw new InputException(
          "--baseline frozen leaves hidden units as they are, and columns of --rule "
              + learning.rule.name
              + " begin empty; choose naive or joint");
    }
    if (!learning.ofDescent().isEmpty()) {
      throw new InputException(
          "--rule naca-competitive descends no gradient and sets its rates by its wins; leave out "
              + String.join(", ", learning.ofDescent().keySet())
              + " (see --amnesia)");
    }
    return LearningSpec.competitive((NacaCompetitive) competition.with(learning.rule.rule()));
  }

  private Double stopAccuracy(boolean competitive) {
    if (stopAccuracy == null) {
      return baseline() == Baseline.JOINT || competitive ? null : (Double) STOP_ACCURACY;
    }
    if (stopAccuracy.equalsIgnoreCase("none")) {
      return null;
    }
    try {
      return Double.valueOf(stopAccuracy);
    } catch (NumberFormatException e) {
      throw new InputException(
          "--stop-accuracy \"" + stopAccuracy + "\" is neither a number nor none", e);
    }
  }
}
