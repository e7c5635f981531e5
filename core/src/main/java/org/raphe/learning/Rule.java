package org.raphe.learning;

import java.util.Locale;

/** How hidden layers learn. The read-out learns from its own error under every rule. */
public enum Rule {
  /** Neuromodulation-assisted credit assignment: signal f(n_j(c)), ALGORITHM section 5. */
  NACA,
  /** Direct random target projection: signal B[c], a fixed random row a class. */
  DRTP,
  /** Hidden layers keep their initial weights: the baseline that a local rule must beat. */
  FROZEN;

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
