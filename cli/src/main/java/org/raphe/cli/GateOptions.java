package org.raphe.cli;

import java.util.List;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.data.Dataset;
import org.raphe.network.Mode;
import org.raphe.rule.Rule;
import org.raphe.rule.Signal;
import picocli.CommandLine.Option;

/** Which hidden units a sample of a stream reaches. */
@OptionGroup.Of(OptionGroup.STREAM)
final class GateOptions {
  @Option(
      names = "--gate",
      paramLabel = "input|none|k-winners",
      description =
          "input: the published class-continual network, hidden units gated by the batch's mean input, features standardised; none: the classification network; k-winners: columns that are nearest to the sample, by itself (naca-competitive). Default: input; joint: none, since the mean of mixed batches says nothing; naca-competitive: k-winners; bp, cbp, bptt and ewc: none, which they are for.")
  private String gate;

  @Option(
      names = "--gate-margin",
      paramLabel = "DELTA",
      description =
          "delta of the gate: how far below the largest mean input a unit still opens. Default: 0.2; cifar-10: 0.1.")
  private Float margin;

  private static final String INPUT = "input";
  private static final String NONE = "none";
  private static final String K_WINNERS = "k-winners";
  private static final float MARGIN = 0.2f;
  private static final float CIFAR_MARGIN = 0.1f;

  /** Whether columns compete under a rule. */
  static boolean competitive(Rule rule) {
    return rule.signal() instanceof Signal.Competition;
  }

  /**
   * The mode of a network that learns by a rule.
   *
   * @param joint whether all classes are learned at once
   * @throws InputException if the rule has no such gate, or there is none
   */
  Mode mode(Rule rule, boolean joint) {
    if (margin != null && competitive(rule)) {
      throw new InputException(
          "--gate-margin is for --gate input; the gate of --rule "
              + rule.name()
              + " has --winners");
    }
    String asked =
        gate == null
            ? usual(rule, joint)
            : KnownNames.chosen("--gate", gate, List.of(INPUT, NONE, K_WINNERS));
    boolean none = asked.equals(NONE);
    if (asked.equals(K_WINNERS) != competitive(rule) || (rule.needsEngine() && !none)) {
      throw new InputException(
          "--gate "
              + asked
              + " does not go with --rule "
              + rule.name()
              + "; it has "
              + gates(rule));
    }
    if (margin != null && none) {
      throw new InputException("--gate-margin is for --gate input, and this network has none");
    }
    return asked.equals(INPUT) ? Mode.CLASS_CONTINUAL : Mode.CLASSIFICATION;
  }

  /** delta for a data set. */
  float margin(Dataset dataset) {
    float usual = dataset.name().equals("cifar-10") ? CIFAR_MARGIN : MARGIN;
    return margin == null ? usual : margin;
  }

  private static String usual(Rule rule, boolean joint) {
    if (competitive(rule)) {
      return K_WINNERS;
    }
    return rule.needsEngine() || joint ? NONE : INPUT;
  }

  /** The gates of the rule, in words. */
  private static String gates(Rule rule) {
    if (competitive(rule)) {
      return "--gate " + K_WINNERS;
    }
    return rule.needsEngine() ? "--gate " + NONE : "--gate " + INPUT + " or " + NONE;
  }
}
