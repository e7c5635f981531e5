package org.raphe.cli;

import java.util.Locale;
import org.raphe.volatility.VolatileCheckpoint;
import org.raphe.volatility.VolatileListener;
import org.raphe.volatility.VolatileState;

/** What happens around a volatile stream: lines of progress, checkpoints, stopping on Ctrl-C. */
final class VolatileProgress implements VolatileListener, AutoCloseable {
  private static final long LINE_NANOS = 10_000_000_000L;

  /** Share of the way that the shown accuracy goes to a batch's. */
  private static final double FOLLOWING = 0.01;

  private final VolatileCommand command;
  private final RunFolder folder;
  private final int samples;
  private final String fingerprint;
  private final StopOnInterrupt stop;
  private long checkpointDue;
  private long lineDue = System.nanoTime() + LINE_NANOS;
  private double shown = Double.NaN;

  VolatileProgress(VolatileCommand command, RunFolder folder, int samples, String fingerprint) {
    this.command = command;
    this.folder = folder;
    this.samples = samples;
    this.fingerprint = fingerprint;
    scheduleCheckpoint();
    stop = new StopOnInterrupt(this::sayStopped);
  }

  /** How to go on. */
  void sayStopped() {
    command.err().println("stopped; continue with: raphe volatile --resume --out " + folder.path());
    command.err().flush();
  }

  private void scheduleCheckpoint() {
    checkpointDue = System.nanoTime() + (long) (command.checkpointSeconds * 1e9);
  }

  @Override
  public void progress(int done, double accuracy) {
    shown = Double.isNaN(shown) ? accuracy : shown + FOLLOWING * (accuracy - shown);
    if (!command.run.quiet && (System.nanoTime() > lineDue || done == samples)) {
      lineDue = System.nanoTime() + LINE_NANOS;
      command
          .err()
          .printf(
              Locale.ROOT,
              "%d of %d samples, online accuracy of late %.4f%n",
              done,
              samples,
              shown);
      command.err().flush();
    }
  }

  @Override
  public boolean checkpointDue() {
    return System.nanoTime() >= checkpointDue;
  }

  @Override
  public void checkpoint(VolatileState state) {
    VolatileCheckpoint.write(folder.checkpoint(), fingerprint, state);
    scheduleCheckpoint();
  }

  @Override
  public boolean stopRequested() {
    return stop.requested();
  }

  @Override
  public void close() {
    stop.close();
  }
}
