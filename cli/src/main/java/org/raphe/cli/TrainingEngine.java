package org.raphe.cli;

import java.util.ServiceLoader;
import org.raphe.InputException;
import org.raphe.backend.Backend;

/** An engine that trains by {@link EngineRule}; found by {@link ServiceLoader}. */
public interface TrainingEngine {

  /**
   * The engine as a backend: what it places learns a batch as a whole by {@code rule}, and shows
   * samples without learning by the CPU backend's kernels, so that accuracy is measured by the same
   * code for every rule. The caller closes it.
   *
   * @param threads threads of the engine and of the CPU backend
   * @throws InputException if the engine cannot run here
   */
  Backend open(EngineRule rule, int threads);

  /**
   * The engine on the class path.
   *
   * @throws InputException if there is none
   */
  static TrainingEngine find(EngineRule rule) {
    return ServiceLoader.load(TrainingEngine.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--rule "
                        + rule
                        + " needs the tensor engine, which is not on the class path; ./raphe puts it there when --rule "
                        + rule
                        + " is typed on its command line"));
  }
}
