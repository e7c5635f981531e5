package org.raphe.cli.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.result.RecordFile;

/**
 * A run of a sweep as a worker is told it. It travels as JSON, which a worker with another version
 * of Raphe can read as well, far enough to say so.
 *
 * @param raphe version and commit of the Raphe that asks, which the worker's must be
 * @param run name of the run
 * @param command {@code train}, {@code continual} or {@code volatile}
 * @param settings its options, without dashes, in their order
 * @param dataSha256 digest of the data set that the run is to have
 * @param shipped name of the archive of its data set, which came with the task; null where the
 *     worker has the data set itself
 */
public record ClusterTask(
    String raphe,
    String run,
    String command,
    Map<String, String> settings,
    String dataSha256,
    String shipped) {

  public ClusterTask {
    if (raphe == null || run == null || command == null || settings == null || dataSha256 == null) {
      throw new InputException("a task of a sweep is broken: it lacks a part");
    }
    settings = new LinkedHashMap<>(settings);
  }

  /** The task as it travels. */
  public byte[] bytes() {
    return RecordFile.bytes(this);
  }

  /**
   * The task that came.
   *
   * @throws InputException if it is none
   */
  public static ClusterTask of(byte[] bytes) {
    return RecordFile.of("a task of a sweep", bytes, ClusterTask.class);
  }
}
