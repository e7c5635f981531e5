package org.raphe.spark;

import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;
import org.raphe.InputException;
import org.raphe.cli.WorkerPlace;
import org.raphe.cli.WorkerRun;

/**
 * A run in the process of an executor. Spark carries it by Java's serialization, as it does every
 * task: it has no state, and what goes and comes is bytes that Raphe reads and checks itself.
 */
final class MakeRun implements Function<byte[], byte[]> {
  /** The same in every version, so that another one can say that it is another. */
  private static final long serialVersionUID = 1;

  private static final String GPU = "gpu";

  @Override
  public byte[] call(byte[] task) {
    TaskContext context = TaskContext.get();
    WorkerPlace place =
        new WorkerPlace(
            SparkEnv.get().blockManager().blockManagerId().host(),
            Path.of(SparkFiles.getRootDirectory()).toAbsolutePath().normalize(),
            device(context.resourcesJMap().get(GPU)),
            context.attemptNumber() + 1,
            SparkFiles::get);
    return WorkerRun.make(task, place);
  }

  /** The number of the GPU that the task was given; null where it asked for none. */
  static Integer device(ResourceInformation given) {
    if (given == null) {
      return null;
    }
    String address = given.addresses().length == 1 ? given.addresses()[0] : "";
    if (!address.matches("\\d{1,4}")) {
      throw new InputException(
          "the worker's GPUs have the addresses "
              + String.join(",", given.addresses())
              + "; a run takes one number, as nvidia-smi counts");
    }
    return Integer.valueOf(address);
  }
}
