package org.raphe.cli.cluster;

import java.util.ServiceLoader;
import java.util.function.Consumer;

/** An engine that carries the runs of a sweep to other machines; found by {@link ServiceLoader}. */
public interface SweepCluster {

  /**
   * Connects to a cluster.
   *
   * @param says where it tells, a line at a time, what the user should know, such as a worker that
   *     was lost
   * @return what runs are handed to; the caller closes it
   * @throws org.raphe.InputException if there is no such cluster, or it refuses
   */
  ClusterSession open(ClusterSettings settings, Consumer<String> says);
}
