package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.raphe.RunException;

/** The runs of a sweep, some at a time: finished ones are skipped, failed ones are reported. */
final class SweepProgress {
  static final String LOGS = "logs";

  private final Path out;
  private final List<SweepRun> runs;
  private final int jobs;
  private final PrintWriter err;
  private final Set<SweepChild> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  SweepProgress(Path out, List<SweepRun> runs, int jobs, PrintWriter err) {
    this.out = out;
    this.runs = runs;
    this.jobs = jobs;
    this.err = err;
  }

  /** Runs all and returns how many failed. */
  int run() {
    Thread onInterrupt = new Thread(this::stopAll, "raphe-sweep-stop");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Boolean>> outcomes = new ArrayList<>();
      for (int k = 0; k < runs.size(); k++) {
        int number = k + 1;
        SweepRun run = runs.get(k);
        outcomes.add(workers.submit(() -> done(run, number)));
      }
      int failed = 0;
      for (Future<Boolean> outcome : outcomes) {
        failed += outcome.get() ? 0 : 1;
      }
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
      return failed;
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
    stopping = true;
    running.forEach(SweepChild::stop);
    try {
      for (SweepChild child : running) {
        child.awaitStop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean done(SweepRun run, int number) throws InterruptedException {
    Path folder = out.resolve(run.name());
    if (Files.exists(folder.resolve(RunFolder.RESULT))) {
      tell(number, run, "is finished already");
      return true;
    }
    long from = System.nanoTime();
    SweepChild child;
    synchronized (this) {
      if (stopping) {
        return false;
      }
      Path log = out.resolve(LOGS).resolve(run.name() + ".log");
      child = SweepChild.start(run.arguments(folder), log, jobs);
      running.add(child);
    }
    int status = child.await();
    running.remove(child);
    if (status == Raphe.DONE) {
      double seconds = (System.nanoTime() - from) / 1e9;
      tell(number, run, String.format(Locale.ROOT, "done in %.1f s", seconds));
    } else if (!stopping) {
      tell(number, run, "failed: " + child.failure());
    }
    return status == Raphe.DONE;
  }

  private synchronized void tell(int number, SweepRun run, String what) {
    err.printf(Locale.ROOT, "%d of %d: %s %s%n", number, runs.size(), run.name(), what);
    err.flush();
  }
}
