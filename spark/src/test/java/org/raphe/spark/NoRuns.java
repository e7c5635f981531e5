package org.raphe.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.function.Function;
import org.raphe.cli.cluster.ClusterSession;
import org.raphe.cli.cluster.ClusterSettings;

/** A cluster whose workers make no run: each answers with a file that was sent to it. */
public final class NoRuns implements Function<byte[], byte[]> {
  private static final long serialVersionUID = 1;

  private final String answer;

  private NoRuns(String answer) {
    this.answer = answer;
  }

  /**
   * Connects.
   *
   * @param answer name of the file
   */
  public static ClusterSession open(
      ClusterSettings settings, String answer, Consumer<String> says) {
    return SparkCluster.open(settings, new NoRuns(answer), says);
  }

  @Override
  public byte[] call(byte[] task) throws IOException {
    return Files.readAllBytes(Path.of(SparkFiles.get(answer)));
  }
}
