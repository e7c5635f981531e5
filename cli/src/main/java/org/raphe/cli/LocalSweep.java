package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.raphe.RunException;

/** The runs of a sweep in processes of this machine, some at a time. */
final class LocalSweep {
  private final SweepProgress progress;
  private final int jobs;
  private final DevicePool devices;
  private final Set<SweepChild> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /**
   * @param jobs how many run at a time
   * @param devices what they run on
   */
  LocalSweep(SweepProgress progress, int jobs, DevicePool devices) {
    this.progress = progress;
    this.jobs = jobs;
    this.devices = devices;
  }

  /**
   * Makes all runs that are not finished.
   *
   * @return false if the process is being stopped
   */
  boolean make(List<SweepRun> runs) {
    Thread onInterrupt = new Thread(this::stopAll, "raphe-sweep-stop");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (SweepRun run : runs) {
        ends.add(
            workers.submit(
                () -> {
                  make(run);
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
      if (!stopping) {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
      }
      return !stopping;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("the sweep was interrupted", e);
    } catch (ExecutionException e) {
      throw new RunException("a run could not be followed: " + e.getCause().getMessage(), e);
    } finally {
      workers.shutdownNow();
    }
  }

  /** On Ctrl-C or SIGTERM: every child stops with a checkpoint before the sweep goes. */
  private void stopAll() {
    synchronized (running) {
      stopping = true;
      running.forEach(SweepChild::stop);
    }
    try {
      for (SweepChild child : running) {
        child.awaitStop();
      }
      progress.sayStopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void make(SweepRun run) throws InterruptedException {
    if (progress.isFinishedAlready(run)) {
      return;
    }
    Integer device = devices.take();
    try {
      make(run, device);
    } finally {
      devices.giveBack(device);
    }
  }

  private void make(SweepRun run, Integer device) throws InterruptedException {
    long from = System.nanoTime();
    SweepChild child;
    synchronized (running) {
      if (stopping) {
        return;
      }
      List<String> arguments = run.arguments(progress.folder(run), device);
      child = SweepChild.start(arguments, progress.log(run), jobs);
      running.add(child);
    }
    int status = child.await();
    running.remove(child);
    if (status == Raphe.DONE) {
      double seconds = (System.nanoTime() - from) / 1e9;
      progress.made(run, seconds, device == null ? "" : " on device " + device, jobs);
    } else if (!stopping) {
      progress.failed(run, child.failure());
    }
  }
}
