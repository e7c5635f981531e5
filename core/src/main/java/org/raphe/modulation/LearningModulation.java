package org.raphe.modulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.Placement;
import org.raphe.neuromodulation.LevelDynamics;
import org.raphe.neuromodulation.Levels;
import org.raphe.neuromodulation.Modulator;
import org.raphe.rule.Signal;
import org.raphe.tensor.Tensor;

/**
 * The levels that a network learns under, batch by batch, and what they make of its rates: computed
 * by the host in float32 from how many answers of the batch were right, before the batch is
 * learned. docs/NUMERICS.md, section 20, has every operation in order.
 *
 * <pre>
 *   e = share of wrong answers;   k = ACh, or a constant without it;   DA = k - e
 *   L &lt;- hold(L + drift test, -3, 20);   NE = logistic(L);   fires if NE &gt; k / (0.5 + k)
 *   ACh follows e, the slower the larger NE;   5-HT = N / (N + n0);   NA = NE and a burst where it fires
 * </pre>
 *
 * <p>Kin: Yu and Dayan 2005; Doya 2002. Not safe for use by two threads.
 */
public final class LearningModulation {
  private static final int SCALARS = 3;

  private final ModulationSettings settings;
  private final ModulationSettings.Constants constants;
  private final Levels levels;
  private final float chance;

  /** Null unless dopamine takes the place of an expectation. */
  private final CorrectnessSignals signals;

  private float evidence = DriftTest.FLOOR;
  private float learned;
  private float sinceQuiet;
  private float allLayers = 1f;
  private float hiddenLayers = 1f;
  private boolean fired;

  /** Levels at rest, before any batch. */
  public LearningModulation(ModulationSettings settings, Placement placement) {
    this.settings = settings;
    constants = settings.constants();
    chance = 1f - 1f / placement.network().classes();
    Set<Modulator> there = settings.levers().keySet();
    levels = new Levels(dynamics(), settings.couplings().among(there));
    if (settings.has(Modulator.ACETYLCHOLINE)) {
      levels.begin(Modulator.ACETYLCHOLINE, DriftTest.AT_FIRST);
    }
    signals =
        settings.acts(Modulator.DOPAMINE, Lever.EXPECTATION)
            ? new CorrectnessSignals(
                placement.network(),
                (Signal.Broadcast) placement.learning().rule().signal(),
                placement.seed())
            : null;
  }

  /** Parts that follow their drives at once have the time constant of one sample. */
  private Map<Modulator, LevelDynamics> dynamics() {
    Map<Modulator, LevelDynamics> all = new EnumMap<>(Modulator.class);
    for (Modulator modulator : Modulator.values()) {
      all.put(modulator, new LevelDynamics(1f, 1f, 0f, 1f));
    }
    all.put(Modulator.DOPAMINE, new LevelDynamics(1f, 1f, -1f, 1f));
    all.put(Modulator.NORADRENALINE, new LevelDynamics(1f, constants.burst(), 0f, 1f));
    if (settings.has(Modulator.ACETYLCHOLINE)) {
      all.put(
          Modulator.ACETYLCHOLINE,
          new LevelDynamics(
              constants.expectation(),
              1f,
              DriftTest.LEAST_EXPECTED,
              DriftTest.mostExpected(chance)));
    }
    return all;
  }

  /**
   * Takes in how a batch was answered; what follows from it holds for the learning of that batch.
   *
   * @param hits right answers, by the labels given
   * @param count b, samples of the batch
   */
  public void observe(int hits, int count) {
    float b = count;
    float error = (float) (count - hits) / b;
    float expected = expected();
    float surprise = expected - error;
    boolean detects = settings.has(Modulator.NORADRENALINE) && sinceQuiet >= constants.quiet();
    if (detects) {
      float added = DriftTest.evidence(expected, chance, surprise, b);
      evidence = LevelDynamics.hold(evidence + added, DriftTest.FLOOR, DriftTest.CEILING);
    }
    float change =
        settings.has(Modulator.NORADRENALINE) ? ElementaryFunctions.logistic(evidence) : 0f;
    fired = detects && change > expected / (0.5f + expected);
    step(error, expected, change, b);
    learned += b;
    sinceQuiet += b;
    if (fired) {
      begin();
    }
    act();
  }

  private float expected() {
    float most = DriftTest.mostExpected(chance);
    return settings.has(Modulator.ACETYLCHOLINE)
        ? levels.of(Modulator.ACETYLCHOLINE)
        : Math.min(constants.restingError(), most);
  }

  private void step(float error, float expected, float change, float b) {
    float[] drive = new float[Modulator.values().length];
    float[] burst = new float[drive.length];
    drive[Modulator.DOPAMINE.ordinal()] = expected - error;
    drive[Modulator.ACETYLCHOLINE.ordinal()] = Math.fma(1f - change, error - expected, expected);
    drive[Modulator.SEROTONIN.ordinal()] = learned / (learned + constants.consolidation());
    drive[Modulator.NORADRENALINE.ordinal()] = change;
    burst[Modulator.NORADRENALINE.ordinal()] = fired ? 1f : 0f;
    for (Modulator modulator : Modulator.values()) {
      drive[modulator.ordinal()] = settings.has(modulator) ? drive[modulator.ordinal()] : 0f;
    }
    levels.step(drive, burst, b);
  }

  /** Noradrenaline has fired: the test begins anew, and with lever reset what it resets. */
  private void begin() {
    evidence = DriftTest.FLOOR;
    sinceQuiet = 0f;
    if (settings.acts(Modulator.NORADRENALINE, Lever.RESET)) {
      learned = 0f;
      if (settings.has(Modulator.ACETYLCHOLINE)) {
        levels.begin(Modulator.ACETYLCHOLINE, DriftTest.AT_FIRST);
      }
      levels.begin(Modulator.SEROTONIN, 0f);
    }
  }

  /** Factors of rates, modulators in their order. */
  private void act() {
    allLayers = 1f;
    float gate = 1f;
    for (Modulator modulator : settings.levers().keySet()) {
      float level = levels.of(modulator);
      if (settings.acts(modulator, Lever.LEARNING_RATE)) {
        allLayers = allLayers * (1f - level);
      }
      if (settings.acts(modulator, Lever.OLD_KNOWLEDGE)) {
        allLayers = allLayers * Math.max(1f - level, constants.leastRate());
      }
      if (settings.acts(modulator, Lever.GAIN)) {
        allLayers = allLayers * Math.max(0f, Math.fma(constants.gain(), level, 1f));
      }
      if (settings.acts(modulator, Lever.PLASTICITY_GATE)) {
        gate = gate * (1f - level);
      }
    }
    hiddenLayers = allLayers * gate;
  }

  /** What the read-out's learning rate is multiplied by, finite and not negative. */
  public float readoutFactor() {
    return allLayers;
  }

  /** What hidden layers' learning rates are multiplied by, finite and not negative. */
  public float hiddenFactor() {
    return hiddenLayers;
  }

  /** Whether noradrenaline fired in the last batch. */
  public boolean fired() {
    return fired;
  }

  /** A level of the last batch; 0 of a modulator that is not there. */
  public float level(Modulator modulator) {
    return settings.has(modulator) ? levels.of(modulator) : 0f;
  }

  /**
   * Hands a network the signals that follow from dopamine, before its next batch: credit is made
   * before answers are known, so these are of the batch before. Nothing where no lever says so.
   */
  public void broadcast(PlacedNetwork placed) {
    for (int layer = 0; signals != null && layer < signals.hiddenLayers(); layer++) {
      placed.writeClassSignals(layer, signals.table(layer, level(Modulator.DOPAMINE)));
    }
  }

  /** All that the next batch depends on, [{@link #stateSize}]. */
  public Tensor state() {
    float[] own = levels.state();
    float[] state = new float[stateSize()];
    System.arraycopy(own, 0, state, 0, own.length);
    float[] scalars = {evidence, learned, sinceQuiet};
    System.arraycopy(scalars, 0, state, own.length, SCALARS);
    return new Tensor(List.of(state.length), state);
  }

  /** Numbers of a {@link #state}. */
  public static int stateSize() {
    return 3 * Modulator.values().length + SCALARS;
  }

  /** Goes on from a {@link #state}. */
  public void restore(float[] state) {
    levels.restore(state);
    int at = state.length - SCALARS;
    evidence = state[at];
    learned = state[at + 1];
    sinceQuiet = state[at + 2];
  }
}
