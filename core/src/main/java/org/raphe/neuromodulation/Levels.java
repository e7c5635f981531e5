package org.raphe.neuromodulation;

import java.util.EnumMap;
import java.util.Map;

/**
 * The levels of the four modulators, one for a whole network: each follows its own drive and, where
 * they are coupled, the others' levels of the step before. Not safe for use by two threads.
 */
public final class Levels {
  private final Map<Modulator, LevelDynamics> dynamics;
  private final Couplings couplings;
  private final float[] tonic = new float[Couplings.SIZE];
  private final float[] phasic = new float[Couplings.SIZE];
  private final float[] level = new float[Couplings.SIZE];

  /**
   * Levels at rest: each at 0, or at the bound of its range that is nearest to 0.
   *
   * @param dynamics of every modulator
   */
  public Levels(Map<Modulator, LevelDynamics> dynamics, Couplings couplings) {
    this.dynamics = new EnumMap<>(dynamics);
    this.couplings = couplings;
    for (Modulator modulator : Modulator.values()) {
      LevelDynamics own = this.dynamics.get(modulator);
      if (own == null) {
        throw new IllegalArgumentException(modulator + " has no dynamics");
      }
      int at = modulator.ordinal();
      tonic[at] = LevelDynamics.hold(0f, own.low(), own.high());
      level[at] = tonic[at];
    }
  }

  /**
   * One step.
   *
   * @param drive what each tonic part follows, [modulator]
   * @param burst what is added to each phasic part, [modulator]
   * @param elapsed samples since the last step, above 0
   */
  public void step(float[] drive, float[] burst, float elapsed) {
    float[] before = level.clone();
    for (Modulator modulator : Modulator.values()) {
      int at = modulator.ordinal();
      LevelDynamics own = dynamics.get(modulator);
      float driven = couplings.drive(modulator, drive[at], before);
      tonic[at] = own.tonic(tonic[at], driven, elapsed);
      phasic[at] = own.phasic(phasic[at], burst[at], elapsed);
      level[at] = own.level(tonic[at], phasic[at]);
    }
  }

  /** Begins a modulator anew: its tonic part, held in its bounds, and no phasic one. */
  public void begin(Modulator modulator, float tonicPart) {
    int at = modulator.ordinal();
    LevelDynamics own = dynamics.get(modulator);
    tonic[at] = LevelDynamics.hold(tonicPart, own.low(), own.high());
    phasic[at] = 0f;
    level[at] = tonic[at];
  }

  /** The level that is broadcast. */
  public float of(Modulator modulator) {
    return level[modulator.ordinal()];
  }

  /** Its tonic part. */
  public float tonic(Modulator modulator) {
    return tonic[modulator.ordinal()];
  }

  /** Its phasic part. */
  public float phasic(Modulator modulator) {
    return phasic[modulator.ordinal()];
  }

  /** All of the state, to go on from: tonic parts, phasic parts, levels, [12]. */
  public float[] state() {
    float[] state = new float[3 * Couplings.SIZE];
    System.arraycopy(tonic, 0, state, 0, Couplings.SIZE);
    System.arraycopy(phasic, 0, state, Couplings.SIZE, Couplings.SIZE);
    System.arraycopy(level, 0, state, 2 * Couplings.SIZE, Couplings.SIZE);
    return state;
  }

  /** Goes on from a {@link #state}. */
  public void restore(float[] state) {
    System.arraycopy(state, 0, tonic, 0, Couplings.SIZE);
    System.arraycopy(state, Couplings.SIZE, phasic, 0, Couplings.SIZE);
    System.arraycopy(state, 2 * Couplings.SIZE, level, 0, Couplings.SIZE);
  }
}
