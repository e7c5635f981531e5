package org.raphe.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import org.raphe.backend.nvml.NvmlEnergy;
import org.raphe.energy.EnergyMeter;
import org.raphe.energy.EnergyReading;

/**
 * Begins to measure the CUDA device and GPUs at given places, reads each twice and prints what was
 * read.
 */
final class EnergyProgram {
  /** The word for the CUDA device; all others are places. */
  static final String CUDA = "cuda";

  private EnergyProgram() {}

  public static void main(String[] words) {
    try (CudaBackend backend = new CudaBackend(0, false)) {
      List<EnergyMeter> meters = new ArrayList<>();
      for (String word : words) {
        meters.add(word.equals(CUDA) ? backend.measureEnergy() : NvmlEnergy.start(word));
      }
      for (int round = 0; round < 2; round++) {
        for (EnergyMeter meter : meters) {
          EnergyReading reading = meter.reading();
          HarnessRun.row(reading.joules() + " " + reading.source());
        }
      }
      meters.forEach(EnergyMeter::close);
    }
  }
}
