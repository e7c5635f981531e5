package org.raphe.learning;

import org.raphe.InputException;

/**
 * How a summed gradient g changes a weight w. Every operation is one float32 operation in the order
 * written.
 */
public sealed interface Optimizer {

  /** Base learning rate, before a schedule's factor. */
  float learningRate();

  /** The name users type. */
  String name();

  /** The scalars of one step, computed once by the host for every backend. */
  OptimizerStep step(long number, float scheduleFactor);

  /**
   * Plain gradient descent: {@code w <- fma(-rate, g, w)}.
   *
   * @param learningRate rate, finite and not negative
   */
  record Sgd(float learningRate) implements Optimizer {
    public Sgd {
      checkRate(learningRate);
    }

    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public OptimizerStep step(long number, float scheduleFactor) {
      return OptimizerStep.descent(learningRate * scheduleFactor);
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
  record Adam(float learningRate, float beta1, float beta2, float epsilon) implements Optimizer {
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
    public static Adam of(float learningRate) {
      return new Adam(learningRate, 0.9f, 0.999f, 1e-8f);
    }

    @Override
    public String name() {
      return "adam";
    }

    @Override
    public OptimizerStep step(long number, float scheduleFactor) {
      double b1 = shortest(beta1);
      double b2 = shortest(beta2);
      double rate = shortest(learningRate) * scheduleFactor;
      return new OptimizerStep(
          OptimizerStep.Kind.ADAM,
          (float) (rate / (1 - StrictMath.pow(b1, number))),
          (float) (1 - b1),
          beta2,
          (float) (1 - b2),
          (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(b2, number))),
          epsilon);
    }

    /** The decimal number that was written, such as 0.999, rather than the float nearest to it. */
    private static double shortest(float value) {
      return Double.parseDouble(Float.toString(value));
    }
  }

  /**
   * Leaves weights as they are and writes the gradient into the first moment, where it can be read:
   * for comparing gradients with recorded ones.
   */
  record GradientProbe() implements Optimizer {
    @Override
    public float learningRate() {
      return 0f;
    }

    @Override
    public String name() {
      return "gradient-probe";
    }

    @Override
    public OptimizerStep step(long number, float scheduleFactor) {
      return OptimizerStep.probe();
    }
  }

  private static void checkRate(float rate) {
    if (!(rate >= 0) || !Float.isFinite(rate)) {
      throw new InputException("a learning rate must be finite and not negative, not " + rate);
    }
  }
}
