package org.raphe.energy;

/** Counters of energy that are read from a beginning on. The caller closes it. */
public interface EnergyMeter extends AutoCloseable {

  /** What was used since the beginning, or why that is not known; never fails. */
  EnergyReading reading();

  @Override
  void close();

  /** Measures nothing, for a reason. */
  static EnergyMeter none(String reason) {
    return new EnergyMeter() {
      @Override
      public EnergyReading reading() {
        return EnergyReading.none(reason);
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
