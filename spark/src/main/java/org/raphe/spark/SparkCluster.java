package org.raphe.spark;

import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.raphe.InputException;
import org.raphe.cli.cluster.ClusterSession;
import org.raphe.cli.cluster.ClusterSettings;
import org.raphe.cli.cluster.SweepCluster;

/** An Apache Spark cluster: a standalone one, or whatever {@code spark-submit} starts this on. */
public final class SparkCluster implements SweepCluster {

  @Override
  public ClusterSession open(ClusterSettings settings, Consumer<String> says) {
    return open(settings, new MakeRun(), says);
  }

  /** The same for what workers do with a task. */
  static ClusterSession open(
      ClusterSettings settings, Function<byte[], byte[]> making, Consumer<String> says) {
    MasterAddress master = MasterAddress.of(settings.address());
    master.requireReachable();
    ShippedClasses classes = ShippedClasses.of(settings.leftOut());
    try {
      SparkConf conf = SparkSettings.of(settings, master, classes.jars());
      return new SparkClusterSession(connected(conf, master), classes, making, says);
    } catch (RuntimeException e) {
      classes.close();
      throw e;
    }
  }

  private static JavaSparkContext connected(SparkConf conf, MasterAddress master) {
    try {
      JavaSparkContext context = new JavaSparkContext(conf);
      if (!context.sc().isStopped()) {
        return context;
      }
    } catch (RuntimeException | LinkageError e) {
      if (e instanceof NullPointerException) {
        // A context that was given up while it was made fails by whatever is gone first.
        throw new InputException(master.noAnswer(), e);
      }
      throw new InputException(
          "cannot start Spark for " + master + ": " + SparkFailure.firstLine(e), e);
    }
    throw new InputException(master.noAnswer());
  }
}
