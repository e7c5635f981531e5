package org.raphe.neuromodulation;

/** What a receptor makes of the level that reaches it. */
@FunctionalInterface
public interface ReceptorCurve {

  /** The modulation at a level, in float32. */
  float at(float level);
}
