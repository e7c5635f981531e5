package org.raphe.learning;

import org.raphe.InputException;

/**
 * How a summed gradient g changes a weight w. Every operation is one float32 operation in the order
 * written.
 */
public sealed interface Optimizer {

  /** Base learning rate, before a schedule's factor. */
  double learningRate();

  /** The name users type. */
  String name();

  /** The scalars of one step, computed once by the host for every backend. */
  OptimizerStep step(long number, double scheduleFactor);

  /**
   * Plain gradient descent: {@code w <- fma(-rate, g, w)}.
   *
   * @param learningRate rate, finite and not negative
   */
  record Sgd(double learningRate) implements Optimizer {
    public Sgd {
      checkRate(learningRate);
    }

    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public OptimizerStep step(long number, double scheduleFactor) {
      return OptimizerStep.descent((float) (learningRate * scheduleFactor));
    }
  }

  /**
   * Adam (Kingma and Ba, 2015), step t from 1:
   *
   * <pre>
   *   m &lt;- fma(1-beta1, g - m, m);   v &lt;- fma(1-beta2, g g, beta2 v)
   *   w &lt;- fma(-rate / (1-beta1^t), m / fma(sqrt(v), 1 / sqrt(1-beta2^t), epsilon), w)
   * </pre>
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {
    public Adam {
      checkRate(learningRate);
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
        throw new InputException(
            "Adam needs beta1 and beta2 in [0, 1) and epsilon above 0, not "
                + beta1
                + ", "
                + beta2
                + ", "
                + epsilon);
      }
    }

    /** Adam with beta 0.9 and 0.999, epsilon 1e-8. */
    public static Adam of(double learningRate) {
      return new Adam(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public String name() {
      return "adam";
    }

    @Override
    public OptimizerStep step(long number, double scheduleFactor) {
      return new OptimizerStep(
          OptimizerStep.Kind.ADAM,
          (float) (learningRate * scheduleFactor / (1 - StrictMath.pow(beta1, number))),
          (float) (1 - beta1),
          (float) beta2,
          (float) (1 - beta2),
          (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(beta2, number))),
          (float) epsilon);
    }
  }

  /**
   * Leaves weights as they are and writes the gradient into the first moment, where it can be read:
   * for comparing gradients with recorded ones.
   */
  record GradientProbe() implements Optimizer {
    @Override
    public double learningRate() {
      return 0;
    }

    @Override
    public String name() {
      return "gradient-probe";
    }

    @Override
    public OptimizerStep step(long number, double scheduleFactor) {
      return OptimizerStep.probe();
    }
  }

  private static void checkRate(double rate) {
    if (!(rate >= 0) || !Double.isFinite(rate)) {
      throw new InputException("a learning rate must be finite and not negative, not " + rate);
    }
  }
}
