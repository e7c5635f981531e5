package org.raphe.backend.device;

/**
 * The memory in which a group lists the terms of its rows' gradients, and for small read-outs also
 * stages their credits. The kernels cut it up in {@code spike_gradient.h}.
 *
 * @param bytes its size
 * @param staged whether credits are staged in it
 */
public record LearningRoom(int bytes, boolean staged) {
  /** Units whose credits are staged at most: CREDITS_STAGED. */
  private static final int STAGED_UNITS = 12;

  /** Steps that are read past the last one staged: STEPS_PAST. */
  private static final int STEPS_PAST = 24;

  /** What a kernel has that needs no room: one number of four. */
  private static final int LEAST = 4 * Float.BYTES;

  /**
   * Of a layer.
   *
   * @param units units of a read-out that no rule answers; of other layers more than can be staged
   */
  public static LearningRoom of(LaunchShape shape, LaunchLimits limits, int steps, int units) {
    if (!shape.columns().compiled()) {
      return new LearningRoom(LEAST, false);
    }
    int terms = shape.tileItems() * Math.min(steps, 32);
    int lists = Long.BYTES * shape.learningRows() * terms;
    int credits = Float.BYTES * (terms + STEPS_PAST) * STAGED_UNITS;
    boolean staged = units <= STAGED_UNITS && lists + credits <= limits.mostLocalMemory();
    return new LearningRoom(lists + (staged ? credits : 0), staged);
  }
}
