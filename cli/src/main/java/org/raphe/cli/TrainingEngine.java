package org.raphe.cli;

import java.util.ServiceLoader;
import org.raphe.backend.Backend;

/**
 * An engine that trains by back-propagation, rate units through layers and spiking units through
 * layers and time; found by {@link ServiceLoader}.
 */
public interface TrainingEngine {

  /**
   * The engine as a backend: what it places learns a batch as a whole, and shows samples without
   * learning by the CPU backend's kernels, so that accuracy is measured by the same code for every
   * rule. The caller closes it.
   *
   * @param threads threads of the engine and of the CPU backend
   * @throws org.raphe.InputException if the engine cannot run here
   */
  Backend open(int threads);
}
