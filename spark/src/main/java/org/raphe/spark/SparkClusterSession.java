package org.raphe.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.raphe.cli.cluster.ClusterSession;

/**
 * A Spark application. Each run is a job of one task: what Spark gives up is one run, and an answer
 * is let go as soon as it was taken.
 */
final class SparkClusterSession implements ClusterSession {
  private final JavaSparkContext context;
  private final ShippedClasses classes;
  private final Function<byte[], byte[]> making;
  private final ExecutorWatch watch;
  private volatile boolean closed;

  /**
   * @param context which this closes
   * @param classes which this closes
   * @param making what a worker does with a task
   * @param says where it is told that an executor was lost
   */
  SparkClusterSession(
      JavaSparkContext context,
      ShippedClasses classes,
      Function<byte[], byte[]> making,
      Consumer<String> says) {
    this.context = context;
    this.classes = classes;
    this.making = making;
    watch = new ExecutorWatch(says);
    context.sc().addSparkListener(watch);
  }

  @Override
  public int places() {
    return watch.executors();
  }

  @Override
  public String ship(Path file) {
    context.addFile(file.toString());
    return file.getFileName().toString();
  }

  @Override
  public Future<byte[]> submit(String run, byte[] task) {
    try {
      context.setJobDescription(run);
      return new Answer(context.parallelize(List.of(task), 1).map(making).collectAsync());
    } catch (IllegalStateException e) {
      if (context.sc().isStopped()) {
        return CompletableFuture.failedFuture(SparkFailure.of(e));
      }
      throw e;
    }
  }

  @Override
  public String lost() {
    return context.sc().isStopped() && !closed ? "the cluster ended the sweep's application" : null;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      watch.end();
      context.close();
      classes.close();
    }
  }

  /** The one answer of a job. */
  private record Answer(JavaFutureAction<List<byte[]>> job) implements Future<byte[]> {

    @Override
    public boolean isDone() {
      return job.isDone();
    }

    @Override
    public byte[] get() throws InterruptedException, ExecutionException {
      try {
        return job.get().get(0);
      } catch (ExecutionException e) {
        throw new ExecutionException(SparkFailure.of(e.getCause()));
      } catch (CancellationException e) {
        throw new ExecutionException(SparkFailure.of(e));
      }
    }

    @Override
    public byte[] get(long time, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      try {
        return job.get(time, unit).get(0);
      } catch (ExecutionException e) {
        throw new ExecutionException(SparkFailure.of(e.getCause()));
      }
    }

    @Override
    public boolean cancel(boolean interrupt) {
      return job.cancel(interrupt);
    }

    @Override
    public boolean isCancelled() {
      return job.isCancelled();
    }
  }
}
