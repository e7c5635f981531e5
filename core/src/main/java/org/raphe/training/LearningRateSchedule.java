package org.raphe.training;

import java.util.Locale;

/** How learning rates change over a run. */
public enum LearningRateSchedule {
  /** They do not. */
  CONSTANT {
    @Override
    public double factor(long step, long steps) {
      return 1;
    }
  },
  /** They fall linearly from the base rate to 0: 1 - step / steps. */
  LINEAR {
    @Override
    public double factor(long step, long steps) {
      return 1 - (double) step / steps;
    }
  };

  /**
   * What learning rates are multiplied by.
   *
   * @param step batches learned before this one, from 0
   * @param steps batches of the whole run
   */
  public abstract double factor(long step, long steps);

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
