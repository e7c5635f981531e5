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
          "engine: OMP_WAIT_POLICY is PASSIVE, its fastest on cores shared with other work; on free cores compare with OMP_WAIT_POLICY= (empty: its own default), which can be up to twice as fast");
    }
  }
}
