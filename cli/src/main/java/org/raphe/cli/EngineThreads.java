package org.raphe.cli;

import java.io.PrintWriter;

/**
 * How the threads of the tensor engine wait for each other: {@code OMP_WAIT_POLICY} in the
 * environment, which the launcher sets to {@code PASSIVE} where the user does not set it.
 */
final class EngineThreads {
  /** Set by the launcher where the choice is its own. */
  private static final String PASSIVE_BY_DEFAULT = "raphe.engine.passive";

  private EngineThreads() {}

  /** Says what the launcher has set, where an engine is used. */
  static void tellDefault(PrintWriter log) {
    if (Boolean.getBoolean(PASSIVE_BY_DEFAULT)) {
      log.println(
          "engine: OMP_WAIT_POLICY=PASSIVE; an empty one can be twice as fast on free cores (docs/ENGINE.md)");
    }
  }
}
