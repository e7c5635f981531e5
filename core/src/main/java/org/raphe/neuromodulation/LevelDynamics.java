package org.raphe.neuromodulation;

import org.raphe.InputException;

/**
 * How a modulator's level follows what drives it: a slow tonic part and a fast phasic one, each
 * with its own time constant, in float32.
 *
 * <pre>
 *   r = min(1, elapsed / tau)
 *   tonic  &lt;- hold(tonic + r_tonic (drive - tonic), low, high)
 *   phasic &lt;- hold(phasic - r_phasic phasic + burst, low - high, high - low)
 *   level   = hold(tonic + phasic, low, high)
 * </pre>
 *
 * <p>Whatever drives it, NaN and infinities included, both parts and the level stay finite and
 * within their bounds; NaN counts as the lower one.
 *
 * @param tonicTimeConstant tau of the tonic part, in samples, above 0
 * @param phasicTimeConstant tau of the phasic part, in samples, above 0
 * @param low least level
 * @param high largest level
 */
public record LevelDynamics(
    float tonicTimeConstant, float phasicTimeConstant, float low, float high) {

  public LevelDynamics {
    checkTimeConstant(tonicTimeConstant);
    checkTimeConstant(phasicTimeConstant);
    if (!Float.isFinite(low) || !Float.isFinite(high) || !(low < high)) {
      throw new InputException(
          "a level lies between two finite bounds, the lower one first, not "
              + low
              + " and "
              + high);
    }
  }

  /**
   * Checks a time constant.
   *
   * @throws InputException if it is not above 0 and finite
   */
  public static void checkTimeConstant(float timeConstant) {
    if (!(timeConstant > 0) || !Float.isFinite(timeConstant)) {
      throw new InputException("a time constant must be finite and above 0, not " + timeConstant);
    }
  }

  /** min(1, elapsed / tau): the share of its way that a part goes in {@code elapsed} samples. */
  public static float rate(float elapsed, float timeConstant) {
    return Math.min(1f, elapsed / timeConstant);
  }

  /** {@code value} gone a share of its way to {@code target}: fma(rate, target - value, value). */
  public static float follow(float value, float target, float rate) {
    return Math.fma(rate, target - value, value);
  }

  /** {@code value} if it lies within the bounds, else the bound it is beyond; NaN gives low. */
  public static float hold(float value, float low, float high) {
    return value > high ? high : value >= low ? value : low;
  }

  float tonic(float before, float drive, float elapsed) {
    float held = hold(drive, -Float.MAX_VALUE / 2, Float.MAX_VALUE / 2);
    return hold(follow(before, held, rate(elapsed, tonicTimeConstant)), low, high);
  }

  float phasic(float before, float burst, float elapsed) {
    float left = follow(before, 0f, rate(elapsed, phasicTimeConstant));
    return hold(left + burst, low - high, high - low);
  }

  float level(float tonic, float phasic) {
    return hold(tonic + phasic, low, high);
  }
}
