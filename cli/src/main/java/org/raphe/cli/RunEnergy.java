package org.raphe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.raphe.backend.Backend;
import org.raphe.energy.EnergyMeter;
import org.raphe.energy.EnergySum;
import org.raphe.energy.PowerCapping;

/**
 * Energy of a run: what the host, and the device if it is not the host's own, used from beginning
 * to end, where that is the run's own.
 */
final class RunEnergy implements AutoCloseable {
  /** Set by a sweep: how many runs it keeps going at a time. */
  static final String RUNS_BESIDE = "raphe.sweep.jobs";

  /** Set by a worker of a cluster, which does not know what else its machine does. */
  static final String ON_CLUSTER = "raphe.sweep.cluster";

  private final Map<String, EnergyMeter> meters = new LinkedHashMap<>();
  private final String reason;

  private RunEnergy(String reason) {
    this.reason = reason;
  }

  /**
   * Begins to measure.
   *
   * @param resumed whether a part of the run is over that was not measured
   * @param backend what the run runs on; open for longer than the result
   */
  static RunEnergy start(boolean resumed, Backend backend) {
    return start(resumed, backend::measureEnergy);
  }

  /**
   * Begins to measure what runs on the host alone, or beside it.
   *
   * @param ofDevice begins to measure the device; gives null where that is the host's own
   */
  static RunEnergy start(boolean resumed, Supplier<EnergyMeter> ofDevice) {
    if (resumed) {
      return new RunEnergy("the run was resumed, and its first part's energy is not known");
    }
    if (Boolean.getBoolean(ON_CLUSTER)) {
      return new RunEnergy("runs of a cluster may share their machine; sweep on this one instead");
    }
    int jobs = Integer.getInteger(RUNS_BESIDE, 1);
    if (jobs > 1) {
      return new RunEnergy("up to " + jobs + " runs of a sweep shared the machine; use --jobs 1");
    }
    RunEnergy energy = ofHost();
    EnergyMeter device = ofDevice.get();
    if (device != null) {
      energy.meters.put("device", device);
    }
    return energy;
  }

  /** Begins to measure the host alone. */
  static RunEnergy ofHost() {
    RunEnergy energy = new RunEnergy(null);
    energy.meters.put("host", PowerCapping.start(PowerCapping.FOLDER));
    return energy;
  }

  EnergySum reading() {
    if (reason != null) {
      return EnergySum.none(reason);
    }
    List<EnergySum.Part> parts = new ArrayList<>();
    meters.forEach((name, meter) -> parts.add(new EnergySum.Part(name, meter.reading())));
    return EnergySum.of(parts);
  }

  @Override
  public void close() {
    meters.values().forEach(EnergyMeter::close);
  }
}
