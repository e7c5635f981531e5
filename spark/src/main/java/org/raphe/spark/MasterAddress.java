package org.raphe.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.package$;
import org.raphe.InputException;
import org.raphe.IoFailure;

/**
 * Where a Spark cluster is.
 *
 * @param url of the masters of a standalone cluster; null for what {@code spark-submit} has set
 * @param masters hosts and ports; none for what {@code spark-submit} has set
 */
record MasterAddress(String url, List<InetSocketAddress> masters) {
  private static final String SUBMITTED = "spark-submit";
  private static final Pattern STANDALONE = Pattern.compile("spark://([^/,]+(?:,[^/,]+)*)");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+\\]):(\\d{1,5})");
  private static final int PATIENCE_MILLIS = 5000;
  private static final int MOST_MASTERS = 16;

  /**
   * The address that a text names.
   *
   * @throws InputException if it names none
   */
  static MasterAddress of(String text) {
    if (text.equals(SUBMITTED)) {
      if (System.getProperty("spark.master") == null) {
        throw new InputException(
            "--cluster spark-submit is for what spark-submit starts; give spark://HOST:PORT here");
      }
      if ("cluster".equals(System.getProperty("spark.submit.deployMode"))) {
        throw new InputException(
            "spark-submit --deploy-mode cluster would leave the run folders on a worker; use client");
      }
      return new MasterAddress(null, List.of());
    }
    Matcher standalone = STANDALONE.matcher(text);
    List<InetSocketAddress> masters = new ArrayList<>();
    if (standalone.matches()) {
      for (String master : standalone.group(1).split(",")) {
        Matcher part = HOST_AND_PORT.matcher(master);
        int port = part.matches() ? Integer.parseInt(part.group(2)) : 0;
        if (port >= 1 && port <= 0xffff && masters.size() < MOST_MASTERS) {
          masters.add(InetSocketAddress.createUnresolved(part.group(1), port));
          continue;
        }
        masters.clear();
        break;
      }
    }
    if (masters.isEmpty()) {
      throw new InputException(
          "--cluster \"" + text + "\" is no cluster; give spark://HOST:PORT, or spark-submit");
    }
    return new MasterAddress(text, masters);
  }

  boolean isSubmitted() {
    return url == null;
  }

  /**
   * Checks that somebody listens there, which Spark itself tries for a minute.
   *
   * @throws InputException if nobody does, at none of several addresses
   */
  void requireReachable() {
    String why = null;
    for (InetSocketAddress master : masters) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(master.getHostString(), master.getPort()), PATIENCE_MILLIS);
        return;
      } catch (IOException e) {
        why = IoFailure.reason(e);
      }
    }
    if (why != null) {
      throw new InputException(
          "cannot reach the Spark master "
              + url
              + ": "
              + why
              + "; start one, or give the address that its page shows");
    }
  }

  /** What is said where somebody listens and does not answer as a master does. */
  String noAnswer() {
    return "cannot register with "
        + this
        + ": no answer of a master of Spark "
        + package$.MODULE$.SPARK_VERSION()
        + "; the cluster must run the same version, and its security settings be given";
  }

  @Override
  public String toString() {
    return isSubmitted() ? "what spark-submit has set" : url;
  }
}
