package org.raphe.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Which executors a sweep has, and a line for each that is lost. */
final class ExecutorWatch extends SparkListener {
  private final Map<String, String> hosts = new ConcurrentHashMap<>();
  private final Consumer<String> says;
  private volatile boolean ended;

  ExecutorWatch(Consumer<String> says) {
    this.says = says;
  }

  /** How many there are. */
  int executors() {
    return hosts.size();
  }

  /** From here on executors go because the sweep does. */
  void end() {
    ended = true;
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    hosts.put(added.executorId(), added.executorInfo().executorHost());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    String host = hosts.remove(removed.executorId());
    if (host != null && !ended) {
      says.accept(
          "lost: executor "
              + removed.executorId()
              + " on "
              + host
              + ": "
              + removed.reason().replaceAll("\\s*\\R\\s*", " ")
              + "; what it ran is made again");
    }
  }
}
