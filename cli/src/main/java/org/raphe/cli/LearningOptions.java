package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.learning.LearningSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Rule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What learns and how, the same for every command that learns. What a command takes where nothing
 * is said is its own: its resource bundle holds it for the options, and says it in their help.
 */
@OptionGroup.Of(OptionGroup.DESCENT)
final class LearningOptions {
  @Option(
      names = "--preset",
      defaultValue = "${bundle:default.preset}",
      paramLabel = "NAME",
      description =
          "Settings for all that is not given: 'default' (chosen on a validation split of MNIST), 'naca-published' (the published program's), 'naca-mnist-conv' (the same with the published convolutions, c64k5p2-pool-c128k5p2-pool-1000), 'naca-tidigits' (those, and published features, split and adults of spoken digits, batch 16, 100 epochs) or 'images' (the most accurate found on held-out images: c32k5p2-pool-c64k5p2-pool-500, rate units, relu, local-error with heads that learn, 3e-3, batch 64, 5 epochs). Default: ${bundle:said.preset}.")
  String preset;

  @Mixin NetworkOptions network;
  @Mixin RuleOptions rule;
  @Mixin OptimizerOptions optimizer;
  @Mixin ReadoutOptions readout;
  @Mixin PresentationOptions presentation;

  /**
   * Hidden layers of the network where none is named, as a topology text has them.
   *
   * @param units those of one dense layer, unless the preset names others
   */
  String hidden(int units) {
    return Preset.hidden(preset, Integer.toString(units));
  }

  /** How a network learns by a rule that descends gradients. */
  LearningSpec learning(Rule learned, NeuronModel units, Preset chosen) {
    return new LearningSpec(
        learned,
        optimizer.hidden(chosen),
        optimizer.readout(chosen),
        readout.loss(learned, units, chosen),
        readout.gain(learned, chosen));
  }

  /** What is given of how gradients are descended, by the options' names. */
  Map<String, Object> ofDescent() {
    Map<String, Object> given = new LinkedHashMap<>();
    if (preset != null) {
      given.put("--preset", preset);
    }
    given.putAll(optimizer.given());
    given.putAll(readout.given());
    return given;
  }
}
