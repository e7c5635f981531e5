package org.raphe.baseline;

import java.util.Map;
import org.raphe.InputException;
import org.raphe.backend.cpu.Workers;
import org.raphe.network.InputShape;
import org.raphe.rule.SameBits;

/** An analytic baseline: one record each, which holds its settings. */
public interface StreamBaseline {

  /** The name users type, such as {@code class-mean}. */
  String name();

  /** What it does, in a few words, and whose it is. */
  String source();

  /** Its settings and their values, for provenance. */
  default Map<String, Object> settings() {
    return Map.of();
  }

  /**
   * The baseline with one of its settings changed.
   *
   * @param setting its name, such as {@code directions}
   * @param value as users type it
   * @throws InputException if there is no such setting, or it takes no such value
   */
  default StreamBaseline with(String setting, String value) {
    throw new InputException("baseline " + name() + " has no setting " + setting);
  }

  /** Where the same seed gives the same bits. */
  default SameBits sameBits() {
    return SameBits.ON_THE_CPU;
  }

  /** Layers as users type them, such as {@code 784-1000-10}; null where there are none. */
  default String network(int features, int classes) {
    return null;
  }

  /**
   * Begins to learn, knowing of no sample.
   *
   * @param shape of a sample
   * @param classes K
   * @param seed key of every random number
   * @param workers threads that share the work; no result depends on how many. They outlive it
   * @throws InputException if the settings do not fit
   */
  BaselineLearner begin(InputShape shape, int classes, long seed, Workers workers);
}
