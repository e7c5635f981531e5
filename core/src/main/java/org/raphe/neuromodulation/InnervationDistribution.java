package org.raphe.neuromodulation;

import java.util.Locale;
import org.raphe.random.UniformSequence;

/** How the frozen innervation NI, by which a broadcast level reaches each unit, is drawn. */
public enum InnervationDistribution {
  /** U(0, 1), the published default. */
  UNIFORM {
    @Override
    public float next(UniformSequence uniform) {
      return uniform.nextUniform();
    }
  },
  /** Normal(0.5, 1) clamped to [0, 1], by Box and Muller's transform. */
  NORMAL {
    @Override
    public float next(UniformSequence uniform) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform.nextUniform()));
      double angle = 2 * Math.PI * uniform.nextUniform();
      return (float) Math.min(1, Math.max(0, 0.5 + radius * StrictMath.cos(angle)));
    }
  },
  /** Beta(0.5, 0.5), the arcsine distribution: sin^2(pi U / 2). */
  BETA {
    @Override
    public float next(UniformSequence uniform) {
      double sine = StrictMath.sin(0.5 * Math.PI * uniform.nextUniform());
      return (float) (sine * sine);
    }
  },
  /** NI = 0: the ablation, in which every level is 0. */
  ZERO {
    @Override
    public float next(UniformSequence uniform) {
      return 0f;
    }
  };

  /** The next entry of NI, in [0, 1]. */
  public abstract float next(UniformSequence uniform);

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
