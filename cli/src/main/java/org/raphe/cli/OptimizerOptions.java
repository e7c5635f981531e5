package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.KnownNames;
import org.raphe.learning.Optimizer;
import org.raphe.training.LearningRateSchedule;
import picocli.CommandLine.Option;

/** How gradients change weights. What is not given is the preset's. */
@OptionGroup.Of(OptionGroup.DESCENT)
final class OptimizerOptions {
  private static final String ADAM = "adam";
  private static final String SGD = "sgd";

  @Option(
      names = "--optimizer",
      paramLabel = "adam|sgd",
      description = "Optimizer of every layer. Default: ${bundle:said.optimizer}.")
  private String optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Learning rate of every layer. Default: ${bundle:said.learning-rate}.")
  private Double learningRate;

  @Option(
      names = "--readout-learning-rate",
      paramLabel = "RATE",
      description =
          "Learning rate of the read-out, where it differs. Default: --learning-rate if given, else ${bundle:said.readout-learning-rate}.")
  private Double readoutLearningRate;

  @Option(
      names = "--schedule",
      paramLabel = "constant|linear",
      description =
          "Learning rates over the run; linear falls to 0 at its end. Default: ${bundle:said.schedule}.")
  private String schedule;

  /** The optimizer of hidden layers. */
  Optimizer hidden(Preset preset) {
    String name = name(preset);
    return optimizer(name, learningRate == null ? preset.rates(name).hidden() : learningRate);
  }

  /** The optimizer of the read-out. */
  Optimizer readout(Preset preset) {
    String name = name(preset);
    double shared = learningRate == null ? preset.rates(name).readout() : learningRate;
    return optimizer(name, readoutLearningRate == null ? shared : readoutLearningRate);
  }

  /** Learning rates over the run. */
  LearningRateSchedule schedule(Preset preset) {
    return schedule == null
        ? preset.schedule()
        : OptionValue.of("--schedule", LearningRateSchedule.class, schedule);
  }

  /** The options that are given, by name. */
  Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--optimizer", optimizer);
    given.put("--learning-rate", learningRate);
    given.put("--readout-learning-rate", readoutLearningRate);
    given.put("--schedule", schedule);
    given.values().removeIf(value -> value == null);
    return given;
  }

  private String name(Preset preset) {
    return optimizer == null
        ? preset.optimizer()
        : KnownNames.chosen("--optimizer", optimizer, List.of(ADAM, SGD));
  }

  private static Optimizer optimizer(String name, double rate) {
    return name.equals(ADAM) ? Optimizer.Adam.of(rate) : new Optimizer.Sgd(rate);
  }
}
