package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Rule;
import org.raphe.rule.Signal;
import picocli.CommandLine.Option;

/** What the read-out descends, and what hidden layers are told of it. */
@OptionGroup.Of(OptionGroup.DESCENT)
final class ReadoutOptions {
  @Option(
      names = "--readout-loss",
      paramLabel = "mse|cross-entropy",
      description = "What the read-out descends. Default: ${bundle:said.readout-loss}.")
  private String loss;

  @Option(
      names = "--readout-scale",
      paramLabel = "S",
      description =
          "Scale of the outputs in softmax(S y), for cross-entropy and for --gain surprise. Default: ${bundle:said.readout-scale}.")
  private Float scale;

  @Option(
      names = "--readout-credit",
      paramLabel = "chain|direct",
      description =
          "Credit of a spiking read-out: through spike and reset, or the delta rule. Default: ${bundle:said.readout-credit}.")
  private String credit;

  @Option(
      names = "--gain",
      paramLabel = "constant|surprise",
      description =
          "What multiplies a sample's neuromodulator signal: 1, or how little the read-out expected the sample's class, 1 - softmax(S y)[class]. Default: ${bundle:said.gain}.")
  private String gain;

  /**
   * What the read-out descends.
   *
   * @throws InputException if a local credit is asked for under a rule whose gradient goes through
   *     spike and reset, or something that decides nothing here
   */
  ReadoutLoss loss(Rule rule, NeuronModel units, Preset preset) {
    ReadoutLoss chosen = preset.loss();
    ReadoutLoss.Credit passed = credit(rule, chosen);
    if (credit != null && units == NeuronModel.RATE) {
      throw new InputException(
          "--readout-credit is for spiking units; rate units have no spike and no reset");
    }
    ReadoutLoss.Kind kind = loss == null ? chosen.kind() : kind();
    boolean softmax =
        kind == ReadoutLoss.Kind.CROSS_ENTROPY
            || gain(rule, preset) == SignalGain.SURPRISE
            || rule.consolidates();
    if (scale != null && !softmax) {
      throw new InputException(
          "--readout-scale decides nothing here: it is for --readout-loss cross-entropy and --gain surprise");
    }
    return new ReadoutLoss(kind, scale == null ? chosen.scale() : scale, passed);
  }

  /**
   * What multiplies a sample's signal. Signals that answer to outputs tell surprise themselves, and
   * so do gradients: a preset's gain is not for them.
   *
   * @throws InputException if a gain is asked for under a rule that no level multiplies
   */
  SignalGain gain(Rule rule, Preset preset) {
    if (gain == null) {
      return rule.needsEngine() || rule.signal() instanceof Signal.OfOutputs
          ? SignalGain.CONSTANT
          : preset.gain();
    }
    SignalGain asked = OptionValue.of("--gain", SignalGain.class, gain);
    if (rule.needsEngine() && asked != SignalGain.CONSTANT) {
      throw new InputException("--gain " + gain + " is for local rules, not " + rule.name());
    }
    if (!rule.learns() && asked != SignalGain.CONSTANT) {
      throw new InputException(
          "--gain "
              + gain
              + " decides nothing here: hidden units of rule "
              + rule.name()
              + " stay as they are");
    }
    return asked;
  }

  /** The options that are given, by name. */
  Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--readout-loss", loss);
    given.put("--readout-scale", scale);
    given.put("--readout-credit", credit);
    given.put("--gain", gain);
    given.values().removeIf(value -> value == null);
    return given;
  }

  private ReadoutLoss.Kind kind() {
    String chosen = KnownNames.chosen("--readout-loss", loss, List.of("mse", "cross-entropy"));
    return chosen.equals("mse") ? ReadoutLoss.Kind.MEAN_SQUARED : ReadoutLoss.Kind.CROSS_ENTROPY;
  }

  private ReadoutLoss.Credit credit(Rule rule, ReadoutLoss chosen) {
    if (credit == null) {
      return rule.needsEngine() ? ReadoutLoss.Credit.CHAIN : chosen.credit();
    }
    ReadoutLoss.Credit asked = OptionValue.of("--readout-credit", ReadoutLoss.Credit.class, credit);
    if (rule.needsEngine() && asked != ReadoutLoss.Credit.CHAIN) {
      throw new InputException(
          "--readout-credit " + credit + " is for local rules, not " + rule.name());
    }
    return asked;
  }
}
