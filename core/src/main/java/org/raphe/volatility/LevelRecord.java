package org.raphe.volatility;

import java.util.List;
import org.raphe.neuromodulation.Modulator;
import org.raphe.tensor.Tensor;

/** The levels of a bank over a stream, batch by batch. */
public final class LevelRecord {
  private static final int MODULATORS = Modulator.values().length;

  /** Levels, then: whether noradrenaline fired, the active read-out, read-outs in use. */
  private static final int COLUMNS = MODULATORS + 3;

  private final float[] values;

  LevelRecord(int batches) {
    values = new float[Math.multiplyExact(batches, COLUMNS)];
  }

  void note(StreamBatch batch, BankLevels levels) {
    int at = batch.number() * COLUMNS;
    for (Modulator modulator : Modulator.values()) {
      values[at++] = levels.level(modulator);
    }
    values[at++] = levels.fired() ? 1f : 0f;
    values[at++] = levels.active();
    values[at] = levels.inUse();
  }

  /** Batches of the stream. */
  public int batches() {
    return values.length / COLUMNS;
  }

  /** A modulator's level in a batch. */
  public float level(int batch, Modulator modulator) {
    return values[batch * COLUMNS + modulator.ordinal()];
  }

  /** Whether noradrenaline fired in a batch. */
  public boolean fired(int batch) {
    return values[batch * COLUMNS + MODULATORS] != 0f;
  }

  /** The read-out that was active after a batch. */
  public int active(int batch) {
    return (int) values[batch * COLUMNS + MODULATORS + 1];
  }

  /** Read-outs in use after a batch. */
  public int inUse(int batch) {
    return (int) values[batch * COLUMNS + MODULATORS + 2];
  }

  /** Batches in which noradrenaline fired. */
  public boolean[] firings() {
    boolean[] fired = new boolean[batches()];
    for (int batch = 0; batch < fired.length; batch++) {
      fired[batch] = fired(batch);
    }
    return fired;
  }

  Tensor state() {
    return new Tensor(List.of(values.length), values);
  }

  void restore(float[] state) {
    System.arraycopy(state, 0, values, 0, values.length);
  }
}
