package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.result.ReadResult;
import org.raphe.result.RunResult;

/** The runs of a sweep, some at a time: finished ones are skipped, failed ones are reported. */
final class SweepProgress {
  private final Path out;
  private final List<SweepRun> runs;
  private final int jobs;
  private final PrintWriter err;
  private final Set<SweepChild> running = ConcurrentHashMap.newKeySet();
  private final Map<String, RunResult> finished = new ConcurrentHashMap<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicLong nanosOfRuns = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
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
      if (!stopping) {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
      }
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

  /** Whether the process is being stopped. */
  boolean stopping() {
    return stopping;
  }

  /** Results of all runs that are finished, by name. */
  Map<String, RunResult> finished() {
    return Map.copyOf(finished);
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
      err.printf(
          Locale.ROOT,
          "stopped: %d of %d runs are finished; sweep again with the same options to go on%n",
          finished.size(),
          runs.size());
      err.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean done(SweepRun run, int number) throws InterruptedException {
    Path folder = out.resolve(run.name());
    Path result = folder.resolve(RunFolder.RESULT);
    if (RunFolder.isFinished(folder)) {
      return told(number, run, "is finished already", result);
    }
    long from = System.nanoTime();
    SweepChild child;
    synchronized (running) {
      if (stopping) {
        return false;
      }
      Path log = out.resolve(SweepFolder.LOGS).resolve(run.name() + ".log");
      child = SweepChild.start(run.arguments(folder), log, jobs);
      running.add(child);
    }
    int status = child.await();
    running.remove(child);
    if (status == Raphe.DONE) {
      long nanos = System.nanoTime() - from;
      made.incrementAndGet();
      nanosOfRuns.addAndGet(nanos);
      return told(number, run, String.format(Locale.ROOT, "done in %.1f s", nanos / 1e9), result);
    }
    if (!stopping) {
      tell(number, run, "failed: " + child.failure());
    }
    return false;
  }

  /** Tells of a run that is finished; false if its result cannot be read. */
  private boolean told(int number, SweepRun run, String what, Path file) {
    try {
      RunResult result = ReadResult.of(file).result();
      finished.put(run.name(), result);
      Double accuracy = SweepTable.accuracy(result);
      tell(
          number,
          run,
          accuracy == null ? what : what + String.format(Locale.ROOT, ", accuracy %.4f", accuracy));
      return true;
    } catch (InputException e) {
      tell(number, run, "failed: " + e.getMessage());
      return false;
    }
  }

  private synchronized void tell(int number, SweepRun run, String what) {
    int left = runs.size() - ended.incrementAndGet();
    err.printf(
        Locale.ROOT, "%d of %d: %s %s%s%n", number, runs.size(), run.name(), what, left(left));
    err.flush();
  }

  /** How many runs are left, and for about how long where one was made. */
  private String left(int runsLeft) {
    if (runsLeft == 0 || made.get() == 0) {
      return runsLeft == 0 ? "" : "; " + runsLeft + " left";
    }
    double seconds = nanosOfRuns.get() / 1e9 / made.get() * runsLeft / jobs;
    return String.format(Locale.ROOT, "; %d left, about %s", runsLeft, time(seconds));
  }

  private static String time(double seconds) {
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 7200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
