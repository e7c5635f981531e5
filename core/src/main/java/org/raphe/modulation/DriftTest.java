package org.raphe.modulation;

import org.raphe.backend.ElementaryFunctions;

/**
 * The source of noradrenaline: a sequential test of whether errors still come at the rate k that is
 * expected, or at q, half way from k to chance. Its drive is dopamine, and its gain falls as the
 * expected error grows, so acetylcholine divides it.
 *
 * <pre>
 *   q = (k + 1 - 1/K) / 2;   gain = logit q - logit k;   leak = k ln(q/k) + (1-k) ln((1-q)/(1-k))
 *   evidence L: what b samples of dopamine level DA add is b (leak - gain DA)
 *   level = logistic(L)
 * </pre>
 *
 * <p>With DA = k - e the sum is the log likelihood ratio of error rate q against k: the cumulative
 * sum test of Page, "Continuous inspection schemes", Biometrika 41, 1954. As a model of
 * noradrenaline: Yu and Dayan 2005.
 */
public final class DriftTest {
  /** Least expected error k that the test takes. */
  public static final float LEAST_EXPECTED = 0.03f;

  /** The expected error before any answer. */
  public static final float AT_FIRST = 0.5f;

  /** Least evidence, from which the test begins. */
  public static final float FLOOR = -3f;

  /** Most evidence. */
  public static final float CEILING = 20f;

  private static final float MOST_EXPECTED = 0.8f;

  private DriftTest() {}

  /**
   * Most expected error k that the test takes.
   *
   * @param chanceError 1 - 1/K
   */
  public static float mostExpected(float chanceError) {
    return Math.min(MOST_EXPECTED, chanceError - 0.1f);
  }

  /**
   * What a batch adds to the evidence, float32, in the order written.
   *
   * @param expectedError k, above 0
   * @param chanceError 1 - 1/K, above k
   * @param dopamine DA
   * @param samples b
   */
  public static float evidence(
      float expectedError, float chanceError, float dopamine, float samples) {
    float q = (expectedError + chanceError) * 0.5f;
    float right = ElementaryFunctions.log(q) - ElementaryFunctions.log(expectedError);
    float wrong = ElementaryFunctions.log(1f - q) - ElementaryFunctions.log(1f - expectedError);
    float gain = right - wrong;
    float leak = Math.fma(expectedError, right, (1f - expectedError) * wrong);
    return samples * Math.fma(-gain, dopamine, leak);
  }
}
