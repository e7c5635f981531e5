package org.raphe.backend.cpu;

import org.raphe.learning.OptimizerStep;

/** The optimizer step of a row of weights: see {@link org.raphe.learning.Optimizer}. */
final class OptimizerUpdate {
  private OptimizerUpdate() {}

  /** Takes the step with {@code gradient}, at {@code at} of weights and moments. */
  static void apply(OptimizerStep step, float[] gradient, float[] w, float[] m, float[] v, int at) {
    apply(step, gradient, gradient.length, w, m, v, at);
  }

  /** The same with the first {@code count} of {@code gradient}. */
  static void apply(
      OptimizerStep step, float[] gradient, int count, float[] w, float[] m, float[] v, int at) {
    for (int lane = 0; lane < count; lane++) {
      int k = at + lane;
      float g = gradient[lane] + 0f;
      switch (step.kind()) {
        case PROBE -> m[k] = g;
        case SGD -> w[k] = Math.fma(-step.stepSize(), g, w[k]);
        case ADAM -> {
          m[k] = Math.fma(step.complement1(), g - m[k], m[k]);
          v[k] = Math.fma(step.complement2(), g * g, step.beta2() * v[k]);
          float root = (float) Math.sqrt(v[k]);
          float denominator = Math.fma(root, step.inverseRoot(), step.epsilon());
          w[k] = Math.fma(-step.stepSize(), m[k] / denominator, w[k]);
        }
      }
    }
  }
}
