package org.raphe.cli;

import ai.djl.util.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress of reading a data set on the standard error: a bar where that is a terminal, else a line
 * now and then.
 */
final class ReadingProgress implements Progress, AutoCloseable {
  private static final long LINE_NANOS = 10_000_000_000L;

  private final PrintWriter err;
  private final boolean quiet;
  private ProgressBar bar;
  private String task;
  private long most;
  private long done;
  private long lineDue;

  ReadingProgress(PrintWriter err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  @Override
  public void reset(String message, long max, String trailingMessage) {
    task = message;
    start(0);
    most = max;
    if (!quiet && Boolean.getBoolean("raphe.terminal")) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(message)
              .setInitialMax(max)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(100)
              .setUnit(" recordings", 1)
              .build();
    }
  }

  @Override
  public void start(long initialProgress) {
    done = initialProgress;
    lineDue = System.nanoTime() + LINE_NANOS;
  }

  @Override
  public void increment(long increment) {
    update(done + increment, null);
  }

  @Override
  public void update(long progress, String message) {
    done = progress;
    if (bar != null) {
      bar.stepTo(progress);
    } else if (!quiet && System.nanoTime() > lineDue) {
      lineDue = System.nanoTime() + LINE_NANOS;
      err.printf(Locale.ROOT, "%s: %d of %d recordings%n", task, done, most);
      err.flush();
    }
  }

  @Override
  public void end() {
    close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
