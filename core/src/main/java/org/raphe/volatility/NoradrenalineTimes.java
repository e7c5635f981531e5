package org.raphe.volatility;

import java.util.Locale;
import java.util.Objects;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/** When noradrenaline fires. */
public enum NoradrenalineTimes {
  /** When its own level says so: unexpected change. */
  SURPRISE,
  /** In the first batch of each new meaning, which nobody but the stream knows. */
  ORACLE,
  /** As often as labels change their meaning, at times that are drawn: (VOLATILITY | 4). */
  RANDOM,
  /** When it fired in another stream, of another seed. */
  YOKED;

  /**
   * Whether it fires in each batch; null where its level decides.
   *
   * @param yoked when it fired in another stream; null unless this is {@link #YOKED}
   */
  boolean[] schedule(VolatileStream stream, boolean[] yoked) {
    return switch (this) {
      case SURPRISE -> null;
      case YOKED -> Objects.requireNonNull(yoked, "times of another stream");
      case ORACLE -> atSwitches(stream);
      case RANDOM -> drawn(stream);
    };
  }

  private static boolean[] atSwitches(VolatileStream stream) {
    boolean[] fires = new boolean[stream.batches()];
    for (VolatileStream.Switch each : stream.switches()) {
      fires[each.sample() / stream.settings().batch()] = true;
    }
    return fires;
  }

  private static boolean[] drawn(VolatileStream stream) {
    boolean[] fires = new boolean[stream.batches()];
    int first = Math.min(fires.length, stream.settings().firstSwitch() / stream.settings().batch());
    int room = fires.length - first;
    UniformSequence uniform =
        new UniformSequence(stream.settings().seed(), RandomStream.VOLATILITY.number(4), 0);
    for (int left = Math.min(room, stream.switches().size()); left > 0; ) {
      int batch = first + uniform.nextBelow(room);
      if (!fires[batch]) {
        fires[batch] = true;
        left--;
      }
    }
    return fires;
  }

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
