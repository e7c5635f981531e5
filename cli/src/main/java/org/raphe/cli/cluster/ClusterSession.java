package org.raphe.cli.cluster;

import java.nio.file.Path;
import java.util.concurrent.Future;

/** A cluster that is connected to. */
public interface ClusterSession extends AutoCloseable {

  /** How many runs it can make at a time as it stands; 0 while no worker has joined. */
  int places();

  /**
   * Brings a file to every worker that is handed a task afterwards.
   *
   * @return the name that workers find it by
   */
  String ship(Path file);

  /**
   * Hands a task to a worker, once more if that worker is lost.
   *
   * @param run its name, for what the engine shows
   * @return what comes to be the answer's bytes. It fails with a {@link org.raphe.RunException}
   *     where the engine gave up this task, and with an {@link org.raphe.InputException} where no
   *     task of this sweep can be made
   */
  Future<byte[]> submit(String run, byte[] task);

  /** Why the whole cluster is gone; null while it stands. */
  String lost();

  /** Ends what is running, and leaves the cluster. */
  @Override
  void close();
}
