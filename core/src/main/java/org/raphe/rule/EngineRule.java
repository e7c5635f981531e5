package org.raphe.rule;

import org.raphe.InputException;
import org.raphe.network.NetworkSpec;

/**
 * A rule to compare with, whose errors travel back through layers: it runs on an
 * automatic-differentiation engine, not on the backends of the local rules.
 */
public sealed interface EngineRule extends Rule
    permits BackPropagation,
        BackPropagationThroughTime,
        ContinualBackPropagation,
        ElasticWeightConsolidation,
        Hybrid {

  /**
   * The first layer that an error of the read-out's loss reaches; those below learn by {@link
   * #below}.
   */
  default int firstBackward(NetworkSpec network) {
    return 0;
  }

  /** By what the layers learn that no error reaches. */
  default Rule below() {
    return new Frozen();
  }

  @Override
  default boolean learns() {
    return true;
  }

  @Override
  default boolean needsEngine() {
    return true;
  }

  @Override
  default SameBits sameBits() {
    return SameBits.ON_ONE_MACHINE;
  }

  @Override
  default void checkFits(NetworkSpec network) {
    if (network.columns().isPresent()) {
      throw new InputException("rule " + name() + " knows no columns");
    }
  }
}
