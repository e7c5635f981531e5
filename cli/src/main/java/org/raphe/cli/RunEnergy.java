package org.raphe.cli;

import org.raphe.cost.EnergyReading;
import org.raphe.cost.PowerCapping;

/** Energy of a run: what the machine used from beginning to end, where that is the run's own. */
final class RunEnergy implements AutoCloseable {
  /** Set by a sweep: how many runs it keeps going at a time. */
  static final String RUNS_BESIDE = "raphe.sweep.jobs";

  private final PowerCapping counters;
  private final String reason;

  private RunEnergy(PowerCapping counters, String reason) {
    this.counters = counters;
    this.reason = reason;
  }

  /**
   * Begins to measure.
   *
   * @param resumed whether a part of the run is over that was not measured
   */
  static RunEnergy start(boolean resumed) {
    if (resumed) {
      return new RunEnergy(null, "the run was resumed, and its first part's energy is not known");
    }
    int jobs = Integer.getInteger(RUNS_BESIDE, 1);
    if (jobs > 1) {
      return new RunEnergy(
          null, "up to " + jobs + " runs of a sweep shared the machine; use --jobs 1");
    }
    return new RunEnergy(PowerCapping.start(PowerCapping.FOLDER), null);
  }

  EnergyReading reading() {
    return counters == null ? EnergyReading.none(reason) : counters.reading();
  }

  @Override
  public void close() {
    if (counters != null) {
      counters.close();
    }
  }
}
