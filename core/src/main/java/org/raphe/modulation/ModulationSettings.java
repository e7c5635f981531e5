package org.raphe.modulation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.learning.LearningSpec;
import org.raphe.neuromodulation.Couplings;
import org.raphe.neuromodulation.LevelDynamics;
import org.raphe.neuromodulation.Modulator;
import org.raphe.rule.Signal;

/**
 * Which modulators a network learns under, and what they act on.
 *
 * @param levers of each modulator that is there; a modulator that is not in it is not there
 * @param constants time constants and shares
 * @param couplings what levels add to one another's drives
 */
public record ModulationSettings(
    Map<Modulator, Set<Lever>> levers, Constants constants, Couplings couplings) {

  /**
   * Constants of sources and levers. Time constants are in samples.
   *
   * @param expectation time constant of the expected error
   * @param restingError the expected error where acetylcholine is not there
   * @param consolidation samples after which serotonin is at one half
   * @param burst time constant by which noradrenaline's burst decays
   * @param gain g of {@link Lever#GAIN}
   * @param leastRate the least share of {@link Lever#OLD_KNOWLEDGE}
   * @param quiet samples from the beginning, and from each firing, in which noradrenaline does not
   *     fire
   */
  public record Constants(
      float expectation,
      float restingError,
      float consolidation,
      float burst,
      float gain,
      float leastRate,
      float quiet) {

    /** Those that figures are given for. */
    public static final Constants STANDARD =
        new Constants(300f, 0.4f, 30_000f, 500f, 1f, 0.1f, 500f);

    public Constants {
      LevelDynamics.checkTimeConstant(expectation);
      LevelDynamics.checkTimeConstant(consolidation);
      LevelDynamics.checkTimeConstant(burst);
      if (!(restingError >= DriftTest.LEAST_EXPECTED && restingError < 1)) {
        throw new InputException(
            "the expected error is at least "
                + DriftTest.LEAST_EXPECTED
                + " and below 1, not "
                + restingError);
      }
      if (!(gain >= 0) || !Float.isFinite(gain)) {
        throw new InputException("noradrenaline's gain must be finite and at least 0, not " + gain);
      }
      if (!(leastRate >= 0 && leastRate <= 1) || !(quiet >= 0) || !Float.isFinite(quiet)) {
        throw new InputException(
            "the least share of a rate lies in [0, 1] and a quiet time is finite and at least 0, not "
                + leastRate
                + " and "
                + quiet);
      }
    }
  }

  /** No modulator: a network learns as its rule and schedule say. */
  public static final ModulationSettings NONE =
      new ModulationSettings(Map.of(), Constants.STANDARD, Couplings.NONE);

  public ModulationSettings {
    Map<Modulator, Set<Lever>> all = new EnumMap<>(Modulator.class);
    levers.forEach(
        (modulator, own) -> {
          EnumSet<Lever> set = EnumSet.noneOf(Lever.class);
          set.addAll(own);
          all.put(modulator, Collections.unmodifiableSet(set));
        });
    levers = Collections.unmodifiableMap(all);
    requireOnly(levers, Lever.RESET, Modulator.NORADRENALINE);
    requireOnly(levers, Lever.EXPECTATION, Modulator.DOPAMINE);
  }

  private static void requireOnly(
      Map<Modulator, Set<Lever>> levers, Lever lever, Modulator modulator) {
    levers.forEach(
        (other, own) -> {
          if (own.contains(lever) && other != modulator) {
            throw new InputException(
                "lever "
                    + lever
                    + " is "
                    + modulator.shortName()
                    + "'s alone, not "
                    + other.shortName()
                    + "'s");
          }
        });
  }

  /** Modulators, each with the lever that is its usual one, and the usual constants. */
  public static ModulationSettings usual(Set<Modulator> modulators) {
    Map<Modulator, Set<Lever>> levers = new EnumMap<>(Modulator.class);
    modulators.forEach(modulator -> levers.put(modulator, usual(modulator)));
    return new ModulationSettings(levers, Constants.STANDARD, Couplings.NONE);
  }

  /** The levers of a modulator where none is named. */
  public static Set<Lever> usual(Modulator modulator) {
    return switch (modulator) {
      case DOPAMINE -> EnumSet.of(Lever.PLASTICITY_GATE);
      case ACETYLCHOLINE -> EnumSet.of(Lever.LEARNING_RATE);
      case SEROTONIN -> EnumSet.of(Lever.OLD_KNOWLEDGE);
      case NORADRENALINE -> EnumSet.of(Lever.GAIN, Lever.RESET);
    };
  }

  /** Whether no modulator is there. */
  public boolean isNone() {
    return levers.isEmpty();
  }

  /** Whether a modulator is there. */
  public boolean has(Modulator modulator) {
    return levers.containsKey(modulator);
  }

  /** Whether a modulator is there and acts on a lever. */
  public boolean acts(Modulator modulator, Lever lever) {
    return has(modulator) && levers.get(modulator).contains(lever);
  }

  /**
   * Checks that a network that learns so can be modulated.
   *
   * @throws InputException if it cannot
   */
  public void checkFits(LearningSpec learning) {
    if (isNone()) {
      return;
    }
    String rule = "rule " + learning.rule().name();
    if (learning.rule().needsEngine()) {
      throw new InputException(
          rule
              + " learns a batch as a whole on the tensor engine, so that no level can act between answer and learning; leave modulators out, or choose a local rule");
    }
    if (!learning.rule().descends()) {
      throw new InputException(
          rule
              + " descends no gradient and sets its rates by its wins, which modulators have no lever on; leave them out");
    }
    if (acts(Modulator.DOPAMINE, Lever.EXPECTATION)
        && !(learning.rule().signal() instanceof Signal.Broadcast)) {
      throw new InputException(
          rule
              + " learns by no level that an expectation broadcasts, which lever expectation replaces; choose rule naca, or another lever");
    }
  }
}
