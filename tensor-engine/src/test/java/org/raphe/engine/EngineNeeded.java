package org.raphe.engine;

import org.junit.jupiter.api.Assumptions;

/** Skips a test, and prints why, where the engine's native library does not load. */
final class EngineNeeded {
  private EngineNeeded() {}

  static void orSkip() {
    if (!PyTorchEngine.isAvailable()) {
      System.out.println("skipped: " + PyTorchEngine.unavailabilityReason());
    }
    Assumptions.assumeTrue(PyTorchEngine.isAvailable(), () -> PyTorchEngine.unavailabilityReason());
  }
}
