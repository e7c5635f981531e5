package org.raphe.parity;

import java.util.ArrayList;
import java.util.List;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.SignalGain;
import org.raphe.network.Activation;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.DirectFeedbackAlignment;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Eprop;
import org.raphe.rule.Frozen;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.RewardPropagation;
import org.raphe.rule.Rule;

/**
 * Small convolutional networks: odd sizes, strides, no padding, pools that leave a row out, 1 to 3
 * input channels, 1 to 65 channels, stacks of one to four convolutions, windows of 1 to 40 steps,
 * every rule.
 */
final class ConvolutionCases {
  private static final String ODD = "7x9x1-c5k3-pool-11-4";
  private static final String TWO = "6x5x2-c9k3p1-pool-c7k3p1-13-5";
  private static final String STRIDED = "9x7x1-c8k3s2p1-12-6";
  private static final String COLOURED = "5x4x3-c6k2s2-c4k2-3";
  private static final String WIDE = "8x8x1-c17k5p2-pool-c33k3p1-pool-20-10";
  private static final String WIDEST = "8x7x1-c65k3p1-pool-10-10";
  private static final String DEEP = "8x8x1-c4k3p1-c5k3p1-pool-c6k3p1-c3k2-7-5";

  private static final LocalError LEARNED = new LocalError(LocalError.Heads.LEARNED);
  private static final List<Rule> RULES =
      List.of(
          new DirectRandomTargetProjection(),
          new RewardPropagation(),
          new DirectFeedbackAlignment(),
          new Eprop(),
          new LocalError(),
          LEARNED,
          new Frozen());

  private ConvolutionCases() {}

  static List<ParityCase> all() {
    List<ParityCase> cases = new ArrayList<>();
    addSpiking(cases);
    addRate(cases);
    return cases;
  }

  private static void addSpiking(List<ParityCase> cases) {
    cases.add(spiking(ODD, new Naca(), 1, 1));
    cases.add(spiking(ODD, new Naca(), 3, 20));
    cases.add(spiking(ODD, new Naca(), 32, 5));
    cases.add(spiking(STRIDED, new Naca(), 3, 40));
    cases.add(spiking(COLOURED, new Naca(), 3, 31));
    cases.add(spiking(WIDE, new Naca(), 32, 8));
    cases.add(spiking(WIDEST, new Naca(), 3, 33));
    cases.add(spiking(DEEP, new Naca(), 3, 20));
    RULES.forEach(rule -> cases.add(spiking(TWO, rule, 3, 12)));
    cases.add(spiking(WIDE, LEARNED, 32, 6));
    cases.add(surprised(spiking(TWO, new Naca(), 3, 12)));
  }

  private static void addRate(List<ParityCase> cases) {
    for (int batch : new int[] {1, 3, 32}) {
      cases.add(rate(ODD, Activation.TANH, new Naca(), batch));
    }
    cases.add(rate(STRIDED, Activation.TANH, new Naca(), 3));
    cases.add(rate(COLOURED, Activation.TANH, new Naca(), 3));
    cases.add(rate(WIDE, Activation.TANH, new Naca(), 32));
    cases.add(rate(WIDEST, Activation.TANH, new Naca(), 3));
    cases.add(rate(DEEP, Activation.TANH, new Naca(), 3));
    RULES.forEach(rule -> cases.add(rate(TWO, Activation.TANH, rule, 3)));
    cases.add(rate(WIDE, Activation.RELU, LEARNED, 32));
    cases.add(rate(TWO, Activation.RELU, new Naca(), 3));
    cases.add(surprised(rate(TWO, Activation.TANH, new Naca(), 3)));
  }

  private static ParityCase spiking(String network, Rule rule, int batch, int steps) {
    return new ParityCase(
        NetworkText.parse(network, NeuronModel.LIF, Mode.CLASSIFICATION),
        learning(rule),
        batch,
        steps);
  }

  private static ParityCase rate(String network, Activation activation, Rule rule, int batch) {
    NetworkSpec spec =
        NetworkText.parse(network, NeuronModel.RATE, Mode.CLASSIFICATION)
            .withActivation(activation);
    return new ParityCase(spec, learning(rule), batch, 1);
  }

  private static LearningSpec learning(Rule rule) {
    return LearningSpec.published(Mode.CLASSIFICATION, rule).withOptimizer(Optimizer.Adam.of(1e-3));
  }

  /** The same with samples that count by how surprising they are. */
  private static ParityCase surprised(ParityCase given) {
    LearningSpec constant = given.learning();
    LearningSpec learning =
        new LearningSpec(
            constant.rule(),
            constant.hidden(),
            constant.readout(),
            constant.loss(),
            SignalGain.SURPRISE);
    return new ParityCase(given.network(), learning, given.batch(), given.steps());
  }
}
