package org.raphe.volatility;

import java.util.List;
import org.raphe.backend.StripedSum;
import org.raphe.neuromodulation.LevelDynamics;
import org.raphe.tensor.Tensor;

/**
 * Centres activities by their running mean and scales each sample's to length 1, so that one
 * learning rate suits every hidden layer. docs/NUMERICS.md, section 18.
 *
 * <pre>
 *   r = b / min(n, window);   mean &lt;- mean + r (mean over the batch of h - mean)
 *   d = h - mean;   x = d / |d|, or 0 where |d| is 0
 * </pre>
 */
public final class ActivityScaling {
  /** Samples over which the mean runs. */
  private static final float WINDOW = 1000f;

  private final int units;
  private final float[] lanes = new float[StripedSum.LANES];
  private final float[] mean;
  private float seen;

  /**
   * @param units H
   */
  public ActivityScaling(int units) {
    this.units = units;
    mean = new float[units];
  }

  /**
   * Scales a batch in place and takes it into the running mean first.
   *
   * @param activity h, [sample][unit]; x afterwards
   * @param count b, samples of the batch
   */
  public void apply(float[] activity, int count) {
    seen += count;
    float rate = count / Math.min(seen, WINDOW);
    for (int unit = 0; unit < units; unit++) {
      float sum = 0f;
      for (int sample = 0; sample < count; sample++) {
        sum += activity[sample * units + unit];
      }
      mean[unit] = LevelDynamics.follow(mean[unit], sum / count, rate);
    }
    for (int sample = 0; sample < count; sample++) {
      int at = sample * units;
      for (int unit = 0; unit < units; unit++) {
        activity[at + unit] -= mean[unit];
      }
      float square = StripedSum.dot(activity, at, activity, at, units, lanes);
      float scale = square > 0f ? 1f / (float) Math.sqrt(square) : 0f;
      for (int unit = 0; unit < units; unit++) {
        activity[at + unit] *= scale;
      }
    }
  }

  /** All that it keeps: means, samples seen; [units + 1]. */
  public Tensor state() {
    float[] state = new float[units + 1];
    System.arraycopy(mean, 0, state, 0, units);
    state[units] = seen;
    return new Tensor(List.of(units + 1), state);
  }

  /** Goes on from a {@link #state}. */
  public void restore(float[] state) {
    System.arraycopy(state, 0, mean, 0, units);
    seen = state[units];
  }
}
