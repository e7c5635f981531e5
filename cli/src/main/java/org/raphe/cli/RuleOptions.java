package org.raphe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import picocli.CommandLine.Option;

/**
 * The rule by which hidden layers learn, and its settings; a rule refuses those that it does not
 * have.
 */
@OptionGroup.Of(OptionGroup.RULE)
final class RuleOptions {
  /** Names of rules, for help and completion. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Rules.all().stream().map(Rule::name).toList());
    }
  }

  @Option(
      names = "--rule",
      defaultValue = "${bundle:default.rule}",
      paramLabel = "RULE",
      completionCandidates = Names.class,
      description =
          "Learning rule of hidden layers: ${COMPLETION-CANDIDATES}. bp and cbp (rate units), bptt (spiking) and ewc (both; streams) are back-propagation on a tensor engine, to compare with; hybrid, there too, is a local rule below and back-propagation in the last layers; naca-competitive is for streams. naca-closed is the former name of local-error. Default: ${DEFAULT-VALUE}.")
  String name;

  @Option(
      names = "--innervation",
      paramLabel = "uniform|normal|beta|zero",
      description =
          "naca: distribution of the neuromodulator innervation NI; zero is the ablation. Default: uniform.")
  String innervation;

  @Option(
      names = "--lambda",
      paramLabel = "LEVEL",
      description = "naca: neuromodulator level at which modulation changes sign. Default: 0.5.")
  Float lambda;

  @Option(
      names = "--theta-max",
      paramLabel = "F",
      description = "naca: largest modulation. Default: 1.2.")
  Float thetaMax;

  @Option(
      names = "--local-heads",
      paramLabel = "fixed|learned",
      description =
          "local-error: the head by which a layer judges itself is random and fixed (Mostafa, Ramesh, Cauwenberghs 2018), or learns (Nokland, Eidnes 2019). Default: fixed.")
  String localHeads;

  @Option(
      names = "--ewc-lambda",
      paramLabel = "LAMBDA",
      description =
          "ewc: weight of the penalty lambda/2 sum F (w - w*)^2 that holds weights to where past experiences left them. Descent on it is unstable where rate x lambda x F exceeds 2. Default: 5e4.")
  Double ewcLambda;

  @Option(
      names = "--local-rule",
      paramLabel = "RULE",
      description =
          "hybrid: the rule of the layers below, which takes its own options here. Default: naca.")
  String localRule;

  @Option(
      names = "--backward-layers",
      paramLabel = "N",
      description =
          "hybrid: the last N layers, the read-out among them, learn by back-propagation among themselves. With 0 even the read-out learns as under the local rule alone. Default: 2.")
  Integer backwardLayers;

  @Option(
      names = "--weight-decay",
      paramLabel = "LAMBDA",
      description = "cbp: L2, by which the gradient of a weight has LAMBDA w added. Default: 0.")
  Double weightDecay;

  @Option(
      names = "--replacement-rate",
      paramLabel = "RHO",
      description =
          "cbp: share of the units older than --maturity that a batch replaces; 0: none, plain back-propagation. Default: 1e-4.")
  Double replacementRate;

  @Option(
      names = "--maturity",
      paramLabel = "BATCHES",
      description = "cbp: batches before which a unit is not replaced. Default: 100.")
  Integer maturity;

  /**
   * The rule with its settings.
   *
   * @throws org.raphe.InputException if there is no such rule, or it has no setting that is given
   */
  Rule rule() {
    return with(Rules.named(name));
  }

  /** A rule with the settings that are given. */
  Rule with(Rule rule) {
    return rule.with(given());
  }

  private Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("local-rule", localRule);
    given.put("backward-layers", backwardLayers);
    given.put("innervation", innervation);
    given.put("lambda", lambda);
    given.put("theta-max", thetaMax);
    given.put("local-heads", localHeads);
    given.put("ewc-lambda", ewcLambda);
    given.put("weight-decay", weightDecay);
    given.put("replacement-rate", replacementRate);
    given.put("maturity", maturity);
    given.values().removeIf(value -> value == null);
    return given;
  }

  /** Says so where the rule goes by a former name. */
  void sayFormerName(PrintWriter log) {
    if (!name.equalsIgnoreCase(Rules.today(name))) {
      Rule rule = Rules.named(name);
      log.println("rule " + name + " is now called " + rule.name() + ": " + rule.source());
    }
  }
}
