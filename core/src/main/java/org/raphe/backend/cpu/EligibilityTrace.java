package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.network.LifDynamics;

/**
 * Credit along the membrane's eligibility trace for a signal of 1 at every step (e-prop, Bellec et
 * al. 2020), from the last step to the first:
 *
 * <pre>
 *   psi_t = gate where u_t > theta - lens, else 0;   d_t = psi_t + d_{t+1} gamma;   credit_t = d_t phi'(z_t)
 * </pre>
 *
 * <p>The spike's reset is left out of the trace, as there.
 */
final class EligibilityTrace {
  private EligibilityTrace() {}

  /** Writes a tile's credits of a sample and returns its synapse updates. */
  static long credit(
      LifDynamics lif,
      float[] trace,
      float[] slope,
      float[] gate,
      TiledLayer layer,
      int tile,
      Credit credit,
      int sample,
      int[] inputSpikes,
      int inputSpikesAt) {
    int width = layer.width;
    int at = credit.at(tile, sample);
    int aliveAt = credit.aliveAt(tile, sample);
    int lanes = Math.min(width, layer.units - tile * width);
    float[] d = new float[width];
    Arrays.fill(credit.alive, aliveAt, aliveAt + credit.words, 0);
    Arrays.fill(credit.values, at, at + credit.steps * width, 0f);
    long updates = 0;
    for (int t = credit.steps - 1; t >= 0; t--) {
      int live = 0;
      for (int lane = 0; lane < lanes; lane++) {
        float opening = gate == null ? 1f : gate[tile * width + lane];
        float psi = trace[t * width + lane] > lif.lowerThreshold() ? opening : 0f;
        d[lane] = psi + d[lane] * lif.decay();
        float c = lif.logisticCurrent() ? d[lane] * slope[t * width + lane] : d[lane];
        credit.values[at + t * width + lane] = c;
        live += c != 0f ? 1 : 0;
      }
      if (live != 0) {
        credit.alive[aliveAt + t / 32] |= 1 << (t & 31);
        updates += (long) live * inputSpikes[inputSpikesAt + t];
      }
    }
    return updates;
  }
}
