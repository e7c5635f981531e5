package org.raphe.rule;

/**
 * From the signal of a hidden unit to the credit of its synapses; rate units have one step and no
 * trace.
 */
public enum Trace {
  /**
   * Through spike and reset, docs/ALGORITHM.md, section 4: the signal is given at the last step.
   */
  RESET,
  /**
   * Along the membrane alone, the eligibility trace of e-prop (Bellec et al. 2020): the signal is
   * given at every step and the reset is left out.
   */
  MEMBRANE
}
