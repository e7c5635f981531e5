package org.raphe.continual;

import java.util.ArrayList;
import java.util.List;
import org.raphe.network.Parameters;

/**
 * How far an experience moved the synapses of one layer. The relative change of synapse k is
 *
 * <pre>
 *   r_k = |w_after,k - w_before,k| / mean_k |w_before,k|
 * </pre>
 *
 * in double; biases are left out. Where all weights were 0 before, as those of columns before any
 * sample, changes are relative to mean_k |w_after,k| instead. The distribution of synaptic changes
 * is the published account of why NACA forgets less (Zhang et al. 2023): most synapses hardly move.
 *
 * @param synapses weights of the layer
 * @param unchanged synapses whose bits are as before
 * @param meanBefore mean of |w_before|
 * @param meanAfter mean of |w_after|, which changes are relative to where mean |w_before| is 0;
 *     null elsewhere
 * @param counts synapses a bin: bin 0 holds r below EDGES[0], bin b r from EDGES[b-1] to below
 *     EDGES[b], the last all above; null if all weights were 0 and stayed 0, for then there is no
 *     relative change
 * @param shareBelowOnePercent share of synapses with r below 0.01; null as above
 */
public record WeightChange(
    long synapses,
    long unchanged,
    double meanBefore,
    Double meanAfter,
    long[] counts,
    Double shareBelowOnePercent) {

  /** Edges of the bins, two a decade. */
  private static final double[] EDGES = {
    1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1, 3, 10
  };

  private static final double ONE_PERCENT = 1e-2;

  /** The bins' edges; the first bin begins at 0 and the last has no end. */
  public static double[] edges() {
    return EDGES.clone();
  }

  /** What stands for each layer of a network between two moments. */
  public static List<WeightChange> between(Parameters before, Parameters after) {
    List<WeightChange> layers = new ArrayList<>();
    for (int layer = 0; layer < before.layers().size(); layer++) {
      layers.add(of(before.layers().get(layer).weights(), after.layers().get(layer).weights()));
    }
    return layers;
  }

  /**
   * One layer's changes.
   *
   * @param before weights before, at least one
   * @param after weights after, as many
   */
  public static WeightChange of(float[] before, float[] after) {
    if (before.length == 0 || before.length != after.length) {
      throw new IllegalArgumentException(
          before.length + " weights before and " + after.length + " after");
    }
    long unchanged = 0;
    for (int k = 0; k < before.length; k++) {
      unchanged += before[k] == after[k] ? 1 : 0;
    }
    double meanBefore = meanAbsolute(before);
    Double meanAfter = meanBefore == 0 ? (Double) meanAbsolute(after) : null;
    double mean = meanBefore == 0 ? meanAfter : meanBefore;
    if (mean == 0) {
      return new WeightChange(before.length, unchanged, 0, meanAfter, null, null);
    }
    long[] counts = new long[EDGES.length + 1];
    long below = 0;
    for (int k = 0; k < before.length; k++) {
      double change = Math.abs((double) after[k] - before[k]) / mean;
      counts[bin(change)]++;
      below += change < ONE_PERCENT ? 1 : 0;
    }
    double share = (double) below / before.length;
    return new WeightChange(before.length, unchanged, meanBefore, meanAfter, counts, share);
  }

  private static double meanAbsolute(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += Math.abs(weight);
    }
    return sum / weights.length;
  }

  private static int bin(double change) {
    int bin = 0;
    while (bin < EDGES.length && change >= EDGES[bin]) {
      bin++;
    }
    return bin;
  }
}
