package org.raphe.engine;

import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.cli.TrainingEngine;

/** DJL's PyTorch engine as the engine that bp, bptt, ewc and hybrid run on. */
public final class PyTorchTraining implements TrainingEngine {

  /** For {@link java.util.ServiceLoader}. */
  public PyTorchTraining() {}

  @Override
  public Backend open(int threads) {
    if (!PyTorchEngine.isAvailable()) {
      throw new InputException(PyTorchEngine.unavailabilityReason());
    }
    return new EngineBackend(threads);
  }
}
