package org.raphe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.raphe.InputException;
import org.raphe.cli.cluster.ClusterSettings;
import org.raphe.cli.cluster.SweepCluster;
import picocli.CommandLine.Option;

/** Which cluster makes the runs of a sweep, and what each asks it for. */
@OptionGroup.Of(OptionGroup.CLUSTER)
final class ClusterOptions {
  private static final int MOST_PROCESSORS = 1024;

  @Option(
      names = "--cluster",
      paramLabel = "URL",
      description =
          "Make the runs on the workers of an Apache Spark cluster: spark://HOST:PORT, or spark-submit for the one that spark-submit has started this on. Default: this machine.")
  String address;

  @Option(
      names = "--cluster-processors",
      paramLabel = "N",
      description = "Processors that a run asks for. Default: 1.")
  Integer processors;

  @Option(
      names = "--cluster-gpu",
      description = "Each run asks for a GPU, and runs on the one that it is given.")
  boolean gpu;

  @Option(
      names = "--cluster-ship-data",
      description =
          "Send the files of --data, or of a data set that is a path, to the workers. Default: they have them at the same path.")
  boolean shipData;

  @Option(
      names = "--cluster-set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Spark, such as spark.executor.memory=4g; may be given again. Default: none.")
  List<String> settings = List.of();

  /** Whether the runs are made on a cluster. */
  boolean isAsked() {
    return address != null;
  }

  /**
   * Checks that nothing is asked of a cluster without one, and of a local sweep with one.
   *
   * @param local names of options of local sweeps that are given
   */
  void check(List<String> local) {
    List<String> alone = new ArrayList<>();
    if (processors != null) {
      alone.add("--cluster-processors");
    }
    if (gpu) {
      alone.add("--cluster-gpu");
    }
    if (shipData) {
      alone.add("--cluster-ship-data");
    }
    if (!settings.isEmpty()) {
      alone.add("--cluster-set");
    }
    if (!isAsked() && !alone.isEmpty()) {
      throw new InputException(alone.get(0) + " needs --cluster");
    }
    if (isAsked() && !local.isEmpty()) {
      throw new InputException(
          local.get(0) + " is for a sweep on this machine; with --cluster the cluster decides it");
    }
    if (processors != null && (processors < 1 || processors > MOST_PROCESSORS)) {
      throw new InputException(
          "--cluster-processors must be in 1.." + MOST_PROCESSORS + ", not " + processors);
    }
  }

  /** The engine that carries runs to the cluster. */
  SweepCluster engine() {
    return ServiceLoader.load(SweepCluster.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--cluster needs the module spark, which " + OptionalModule.SPARK.absence()));
  }

  /**
   * What the cluster is asked for.
   *
   * @param needsEngine whether a run learns on the tensor engine, which workers do without else
   */
  ClusterSettings asked(boolean needsEngine) {
    Map<String, String> own = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1 || !setting.startsWith("spark.")) {
        throw new InputException(
            "--cluster-set \"" + setting + "\" is not KEY=VALUE with a key of Spark's, spark.…");
      }
      own.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    List<String> leftOut = new ArrayList<>(List.of(OptionalModule.BENCHMARKS.toString()));
    if (!needsEngine) {
      leftOut.add(OptionalModule.TENSOR_ENGINE.toString());
    }
    return new ClusterSettings(address, processors == null ? 1 : processors, gpu, own, leftOut);
  }
}
