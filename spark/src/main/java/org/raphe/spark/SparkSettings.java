package org.raphe.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.raphe.InputException;
import org.raphe.cli.cluster.ClusterSettings;

/** What Spark is told of a sweep. */
final class SparkSettings {
  /** What decides how many runs an executor makes and on what, for which there are options. */
  private static final Set<String> OURS =
      Set.of(
          "spark.master",
          "spark.app.name",
          "spark.executor.cores",
          "spark.task.cpus",
          "spark.executor.resource.gpu.amount",
          "spark.task.resource.gpu.amount",
          "spark.speculation");

  private static final String EXECUTOR_JAVA = "spark.executor.extraJavaOptions";

  private SparkSettings() {}

  /**
   * The settings of an application whose every executor makes one run at a time, as each process of
   * a local sweep does: an executor that is lost takes one run with it, and nothing else shares its
   * memory or its GPU.
   *
   * @param jars what workers are sent, by their paths here
   */
  static SparkConf of(ClusterSettings settings, MasterAddress master, List<Path> jars) {
    SparkConf conf = new SparkConf();
    settings
        .own()
        .forEach(
            (key, value) -> {
              if (OURS.contains(key)) {
                throw new InputException(
                    "--cluster-set does not take " + key + "; see raphe sweep --help");
              }
              conf.set(key, value);
            });
    if (!master.isSubmitted()) {
      conf.setMaster(master.url());
    }
    conf.setAppName("raphe sweep");
    if (!jars.isEmpty()) {
      conf.setJars(jars.stream().map(Path::toString).toArray(String[]::new));
    }
    String processors = Integer.toString(settings.processors());
    conf.set("spark.executor.cores", processors).set("spark.task.cpus", processors);
    // Java would count all of the machine's.
    String counted = "-XX:ActiveProcessorCount=" + processors;
    conf.set(EXECUTOR_JAVA, (conf.get(EXECUTOR_JAVA, "") + " " + counted).strip());
    if (settings.gpu()) {
      conf.set("spark.executor.resource.gpu.amount", "1");
      conf.set("spark.task.resource.gpu.amount", "1");
      // Addresses of Spark's discovery script are those of nvidia-smi, by bus.
      conf.set("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    }
    // A run is not made twice for being slow.
    conf.set("spark.speculation", "false");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    // What the driver remembers of runs that have ended.
    conf.setIfMissing("spark.ui.retainedJobs", "100");
    conf.setIfMissing("spark.ui.retainedStages", "100");
    conf.setIfMissing("spark.ui.retainedTasks", "100");
    return conf;
  }
}
