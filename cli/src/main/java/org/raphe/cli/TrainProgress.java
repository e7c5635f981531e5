package org.raphe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.raphe.backend.Counters;

/**
 * Progress of training on the standard error: a bar where that is a terminal, else a line now and
 * then, so that a log stays readable.
 */
final class TrainProgress implements AutoCloseable {
  private static final long LINE_NANOS = 10_000_000_000L;

  private final PrintWriter err;
  private final boolean quiet;
  private final boolean bar;
  private final boolean spiking;
  private ProgressBar shown;
  private EpochBar look;
  private boolean closed;
  private long lineDue = System.nanoTime() + LINE_NANOS;
  private long rateFromNanos;
  private int rateFromSamples;

  TrainProgress(PrintWriter err, boolean quiet, boolean spiking) {
    this.err = err;
    this.quiet = quiet;
    this.spiking = spiking;
    bar = onTerminal();
  }

  /** Whether the standard error is a terminal, as the launcher says. */
  static boolean onTerminal() {
    return Boolean.getBoolean("raphe.terminal");
  }

  /**
   * Shows how far an epoch is.
   *
   * @param samples samples of the epoch
   * @param done how many of them are learned
   */
  synchronized void show(int samples, int epoch, int done, Counters running) {
    if (quiet || closed) {
      return;
    }
    if (rateFromNanos == 0) {
      rateFromNanos = System.nanoTime();
      rateFromSamples = done;
    }
    String state = String.join(EpochBar.BETWEEN, figures(samples, done, running));
    if (bar) {
      openBar(samples, epoch).stepTo(done).setExtraMessage(state);
    } else if (System.nanoTime() > lineDue) {
      lineDue = System.nanoTime() + LINE_NANOS;
      err.printf(Locale.ROOT, "epoch %d: %d of %d samples, %s%n", epoch, done, samples, state);
      err.flush();
    }
  }

  private ProgressBar openBar(int samples, int epoch) {
    if (shown == null) {
      look = new EpochBar();
      shown =
          new ProgressBarBuilder()
              .setTaskName("epoch " + epoch)
              .setInitialMax(samples)
              .setRenderer(look)
              .setUpdateIntervalMillis(100)
              .build();
    }
    return shown;
  }

  /** What is known of the epoch so far, the weightiest first. */
  private List<String> figures(int samples, int done, Counters running) {
    List<String> figures = new ArrayList<>();
    if (running.samples() > 0) {
      figures.add(String.format(Locale.ROOT, "accuracy %.4f", running.accuracy()));
    }
    double seconds = (System.nanoTime() - rateFromNanos) / 1e9;
    int since = done - rateFromSamples;
    if (since > 0 && seconds > 0) {
      double rate = since / seconds;
      figures.add(left((long) Math.ceil((samples - done) / rate)));
      figures.add(String.format(Locale.ROOT, "%.0f samples/s", rate));
      if (spiking && running.samples() > 0) {
        double spikes = LongStream.of(running.activeInputs()).sum();
        figures.add(String.format(Locale.ROOT, "%.3g spikes/s", rate * spikes / running.samples()));
      }
    }
    return figures;
  }

  /** The time that is left of the epoch, such as {@code 0:07 left}. */
  static String left(long seconds) {
    String minutes =
        seconds < 3600
            ? Long.toString(seconds / 60)
            : String.format(Locale.ROOT, "%d:%02d", seconds / 3600, seconds / 60 % 60);
    return String.format(Locale.ROOT, "%s:%02d left", minutes, seconds % 60);
  }

  /** Ends the epoch's bar. */
  synchronized void endEpoch() {
    if (shown != null) {
      shown.close();
      shown = null;
      if (look.drawnOnce()) {
        // A bar that is closed before it was ever drawn is drawn then, and its line is not ended.
        err.println();
        err.flush();
      }
    }
    rateFromNanos = 0;
  }

  /** The next line is due as after the beginning. */
  void endExperience() {
    endEpoch();
    lineDue = System.nanoTime() + LINE_NANOS;
  }

  /** Ends the bar; nothing is shown from then on. */
  @Override
  public synchronized void close() {
    closed = true;
    endEpoch();
  }
}
