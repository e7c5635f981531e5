package org.raphe.training;

/** Asks to stop when it is asked for the n-th time, of training or of tests, and counts. */
final class StopAt implements TrainingListener {
  private final int time;
  private int asked;

  StopAt(int time) {
    this.time = time;
  }

  /** How often it was asked. */
  int asked() {
    return asked;
  }

  @Override
  public boolean stopRequested() {
    return ++asked == time;
  }
}
