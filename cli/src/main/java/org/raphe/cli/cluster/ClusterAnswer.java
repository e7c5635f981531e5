package org.raphe.cli.cluster;

import java.util.Map;

/**
 * What a worker sends back of a run.
 *
 * @param header how it ended and where
 * @param log the end of what the run printed
 * @param files what it left in its folder, by name; empty unless it is done
 */
public record ClusterAnswer(Header header, String log, Map<String, byte[]> files) {

  /** How a run ended. */
  public enum End {
    /** It is finished, and its files came back. */
    DONE,
    /** It failed, as it would have anywhere. */
    FAILED,
    /** The worker cannot make runs of this sweep. */
    REFUSED
  }

  /**
   * How a run ended and where.
   *
   * @param end which way
   * @param reason why it is not done, in one line; null where it is
   * @param host the worker's
   * @param seconds that the run took there
   * @param attempt which try it was, from 1
   */
  public record Header(End end, String reason, String host, double seconds, int attempt) {}
}
