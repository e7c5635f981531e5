package org.raphe.rule;

import java.util.Locale;

/** How the read-out of competing columns learns: y_c = sum over columns of a_m V_mc. */
public enum AssociativeReadout {
  /**
   * Hebbian association: the synapse from a column that won to the unit of the expected class
   * becomes 1, and no other changes. With one winner the nearest column decides the class.
   */
  WINNER,
  /**
   * Recursive least squares over the activations a (Plackett 1950), sample by sample, P = 1/ridge
   * before the first:
   *
   * <pre>
   *   v = P a,   g = 1 / (1 + a.v),   V += g v (onehot - V^T a)^T,   P -= g v v^T
   * </pre>
   *
   * <p>It costs columns^2 a sample, and every column's synapses change.
   */
  RLS;

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
