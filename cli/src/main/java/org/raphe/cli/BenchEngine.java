package org.raphe.cli;

import org.raphe.data.Samples;
import org.raphe.network.NetworkSpec;

/** An engine to compare with; found by {@link java.util.ServiceLoader}. */
public interface BenchEngine {

  /**
   * NACA, batch 32, Adam, T = 20 (spiking), on {@code threads} threads.
   *
   * @throws org.raphe.InputException if the engine cannot run here
   */
  BenchWorkload workload(NetworkSpec network, Samples samples, int threads);

  /**
   * In one line, what decides its speed here: versions, threads and settings of the environment.
   *
   * @throws org.raphe.InputException if the engine cannot run here
   */
  String conditions(int threads);
}
