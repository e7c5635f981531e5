package org.raphe.learning;

import java.util.Locale;

/**
 * How hidden layers learn. The read-out learns from its own error under every rule.
 *
 * <p>Of the signals below, c is the label, y the outputs, r a layer's own output (rate over the
 * window, or activation).
 */
public enum Rule {
  /** Neuromodulation-assisted credit assignment: signal f(n_j(c)), docs/ALGORITHM.md, section 5. */
  NACA,
  /** Direct random target projection: signal B[c], a fixed random row a class. */
  DRTP,
  /** Biologically plausible reward propagation: signal B[c] - 5e-4 r. */
  BRP,
  /** Direct feedback alignment (Nokland 2016): signal (y - onehot) B. */
  DFA,
  /**
   * e-prop (Bellec et al. 2020): the signal of DFA at every step, with the membrane's eligibility
   * trace in place of the reset's.
   */
  EPROP,
  /**
   * Closed loop: a layer judges itself, signal (softmax(4 r Q) - onehot) Q^T, with Q fixed and
   * random: local errors (Mostafa, Ramesh, Cauwenberghs 2018). docs/ALGORITHM.md, section 9.
   */
  NACA_CLOSED,
  /**
   * Competitive columns: the expectation of a class opens the plasticity of that class's own units
   * only, and among them the column that is nearest to the sample learns. {@link Competition}.
   */
  NACA_COMPETITIVE,
  /** Hidden layers keep their initial weights: the baseline that a local rule must beat. */
  FROZEN;

  /** Whether hidden layers learn at all. */
  public boolean learns() {
    return this != FROZEN;
  }

  /** Whether what hidden layers learn is the credit of each unit times its input. */
  public boolean credits() {
    return learns() && this != NACA_COMPETITIVE;
  }

  /**
   * Whether a unit's signal is known only once outputs stand. Credit is then made for a signal of 1
   * and multiplied by the signal when weights are learned.
   */
  public boolean answers() {
    return this == BRP || this == DFA || this == EPROP || this == NACA_CLOSED;
  }

  /**
   * Whether spiking units keep an eligibility trace of the membrane, with a signal at every step.
   */
  public boolean traces() {
    return this == EPROP;
  }

  /** The name users type, such as {@code naca-closed}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
