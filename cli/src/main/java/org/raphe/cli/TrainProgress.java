package org.raphe.cli;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
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
  private long lineDue = System.nanoTime() + LINE_NANOS;
  private long rateFromNanos;
  private int rateFromSamples;

  TrainProgress(PrintWriter err, boolean quiet, boolean spiking) {
    this.err = err;
    this.quiet = quiet;
    this.spiking = spiking;
    bar = Boolean.getBoolean("raphe.terminal");
  }

  /**
   * Shows how far an epoch is.
   *
   * @param samples samples of the epoch
   * @param done how many of them are learned
   */
  void show(int samples, int epoch, int done, Counters running) {
    if (quiet) {
      return;
    }
    if (rateFromNanos == 0) {
      rateFromNanos = System.nanoTime();
      rateFromSamples = done;
    }
    String state = state(done, running);
    if (bar) {
      openBar(samples, epoch).stepTo(done).setExtraMessage(state);
    } else if (System.nanoTime() > lineDue) {
      lineDue = System.nanoTime() + LINE_NANOS;
      err.printf(Locale.ROOT, "epoch %d: %d of %d samples,%s%n", epoch, done, samples, state);
      err.flush();
    }
  }

  private ProgressBar openBar(int samples, int epoch) {
    if (shown == null) {
      shown =
          new ProgressBarBuilder()
              .setTaskName("epoch " + epoch)
              .setInitialMax(samples)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .setUnit(" samples", 1)
              .build();
    }
    return shown;
  }

  private String state(int done, Counters running) {
    StringBuilder state = new StringBuilder();
    if (running.samples() > 0) {
      state.append(String.format(Locale.ROOT, " accuracy %.4f", running.accuracy()));
    }
    double seconds = (System.nanoTime() - rateFromNanos) / 1e9;
    int since = done - rateFromSamples;
    if (since > 0 && seconds > 0) {
      double rate = since / seconds;
      state.append(String.format(Locale.ROOT, ", %.0f samples/s", rate));
      if (spiking && running.samples() > 0) {
        long spikes = 0;
        for (long active : running.activeInputs()) {
          spikes += active;
        }
        state.append(
            String.format(Locale.ROOT, ", %.3g spikes/s", rate * spikes / running.samples()));
      }
    }
    return state.toString();
  }

  /** Ends the epoch's bar. */
  void endEpoch() {
    if (shown != null) {
      shown.close();
      shown = null;
    }
    rateFromNanos = 0;
  }

  /** The next line is due as after the beginning. */
  void endExperience() {
    endEpoch();
    lineDue = System.nanoTime() + LINE_NANOS;
  }

  @Override
  public void close() {
    endEpoch();
  }
}
