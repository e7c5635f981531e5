package org.raphe.learning;

/**
 * The scalars of one optimizer step, float32, as kernels take them.
 *
 * @param kind which update
 * @param stepSize rate (SGD) or rate / (1 - beta1^t) (Adam)
 * @param complement1 1 - beta1
 * @param beta2 beta2
 * @param complement2 1 - beta2
 * @param inverseRoot 1 / sqrt(1 - beta2^t)
 * @param epsilon epsilon
 */
public record OptimizerStep(
    Kind kind,
    float stepSize,
    float complement1,
    float beta2,
    float complement2,
    float inverseRoot,
    float epsilon) {

  /** Which update a kernel makes. */
  public enum Kind {
    SGD,
    ADAM,
    PROBE
  }

  static OptimizerStep descent(float rate) {
    return new OptimizerStep(Kind.SGD, rate, 0, 0, 0, 0, 0);
  }

  static OptimizerStep probe() {
    return new OptimizerStep(Kind.PROBE, 0, 0, 0, 0, 0, 0);
  }
}
