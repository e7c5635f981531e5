package org.raphe.rule;

/** Hidden layers keep their initial weights: the baseline that a local rule must beat. */
public record Frozen() implements Rule {
  @Override
  public String name() {
    return "frozen";
  }

  @Override
  public String source() {
    return "hidden layers keep their initial weights, the baseline";
  }
}
