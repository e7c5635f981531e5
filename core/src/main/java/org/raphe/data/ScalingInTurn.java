package org.raphe.data;

import org.raphe.tensor.NamedTensors;

/**
 * One scaling, then another of what it leaves.
 *
 * @param first what samples come to first; itself no two scalings
 * @param second what comes after it; nothing is fitted in it
 */
public record ScalingInTurn(FeatureScaling first, FeatureScaling second) implements FeatureScaling {

  @Override
  public Samples apply(Samples samples) {
    return second.apply(first.apply(samples));
  }

  @Override
  public NamedTensors fittedValues() {
    return first.fittedValues();
  }

  @Override
  public String toString() {
    return first + THEN + second;
  }
}
