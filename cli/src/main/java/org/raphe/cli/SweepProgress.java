package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.raphe.InputException;
import org.raphe.result.ReadResult;
import org.raphe.result.RunResult;

/** Tells of the runs of a sweep as they end, wherever they are made, and keeps their results. */
final class SweepProgress {
  private final Path out;
  private final List<SweepRun> runs;
  private final PrintWriter err;
  private final Map<SweepRun, Integer> numbers = new HashMap<>();
  private final Map<String, RunResult> finished = new ConcurrentHashMap<>();
  private int ended;
  private int made;
  private int failed;
  private double secondsOfRuns;

  SweepProgress(Path out, List<SweepRun> runs, PrintWriter err) {
    this.out = out;
    this.runs = runs;
    this.err = err;
    for (SweepRun run : runs) {
      numbers.put(run, numbers.size() + 1);
    }
  }

  /** The folder of a run. */
  Path folder(SweepRun run) {
    return out.resolve(run.name());
  }

  /** Where what a run printed is kept. */
  Path log(SweepRun run) {
    return out.resolve(SweepFolder.LOGS).resolve(run.name() + ".log");
  }

  /** Whether a run need not be made again, which is told. */
  boolean isFinishedAlready(SweepRun run) {
    boolean already = RunFolder.isFinished(folder(run));
    if (already) {
      tellResult(run, "is finished already", 1);
    }
    return already;
  }

  /**
   * A run was made.
   *
   * @param seconds what it took
   * @param where it was made, as words that follow; may be empty
   * @param atATime how many are made at a time
   */
  synchronized void made(SweepRun run, double seconds, String where, int atATime) {
    made++;
    secondsOfRuns += seconds;
    tellResult(run, String.format(Locale.ROOT, "done in %.1f s%s", seconds, where), atATime);
  }

  /** A run ended without a result. */
  synchronized void failed(SweepRun run, String why) {
    failed++;
    tell(run, "failed: " + why, 1);
  }

  /** How many runs failed. */
  synchronized int failures() {
    return failed;
  }

  /** What came of it. */
  SweepTable table() {
    return new SweepTable(runs, Map.copyOf(finished));
  }

  /** The sweep was stopped. */
  void sayStopped() {
    say(
        String.format(
            Locale.ROOT,
            "stopped: %d of %d runs are finished; sweep again with the same options to go on",
            finished.size(),
            runs.size()));
  }

  /** A line of its own. */
  synchronized void say(String line) {
    err.println(line);
    err.flush();
  }

  private synchronized void tellResult(SweepRun run, String what, int atATime) {
    try {
      RunResult result = ReadResult.of(folder(run).resolve(RunFolder.RESULT)).result();
      finished.put(run.name(), result);
      Double accuracy = SweepTable.accuracy(result);
      String told =
          accuracy == null ? what : what + String.format(Locale.ROOT, ", accuracy %.4f", accuracy);
      tell(run, told, atATime);
    } catch (InputException e) {
      failed(run, e.getMessage());
    }
  }

  private void tell(SweepRun run, String what, int atATime) {
    ended++;
    say(
        String.format(
            Locale.ROOT,
            "%d of %d: %s %s%s",
            numbers.get(run),
            runs.size(),
            run.name(),
            what,
            left(runs.size() - ended, atATime)));
  }

  /** How many runs are left, and for about how long where one was made. */
  private String left(int runsLeft, int atATime) {
    if (runsLeft == 0 || made == 0) {
      return runsLeft == 0 ? "" : "; " + runsLeft + " left";
    }
    double seconds = secondsOfRuns / made * runsLeft / Math.max(1, atATime);
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
