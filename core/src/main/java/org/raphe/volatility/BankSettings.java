package org.raphe.volatility;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.raphe.InputException;
import org.raphe.neuromodulation.Couplings;
import org.raphe.neuromodulation.LevelDynamics;
import org.raphe.neuromodulation.Modulator;
import org.raphe.neuromodulation.ReceptorDensity;

/**
 * A bank of read-outs and what its modulators do. Time constants are in samples.
 *
 * @param modulators those that are there; the level of one that is not stays at rest
 * @param lesions parts that are taken away
 * @param readouts M, most read-outs at a time
 * @param constants the model's constants
 * @param densities receptors of the hidden units for each modulator
 * @param couplings what levels add to one another's drives
 */
public record BankSettings(
    Set<Modulator> modulators,
    Set<Lesion> lesions,
    int readouts,
    Constants constants,
    Map<Modulator, ReceptorDensity> densities,
    Couplings couplings) {
  /** Most read-outs of a bank. */
  public static final int MOST_READOUTS = 64;

  /**
   * The model's constants.
   *
   * @param rate learning rate of a read-out of which nothing is consolidated, where no error is
   *     expected
   * @param leastRate share of it that consolidation leaves
   * @param consolidation samples after which a read-out is half consolidated
   * @param expectation time constant of the expected error
   * @param restingError the expected error where acetylcholine is not there
   * @param copy share of the active read-out that a new one begins with
   * @param lead by which a read-out wins the comparison
   * @param probe most samples of a comparison
   * @param trace time constant of what the comparison remembers
   * @param quiet samples before which noradrenaline does not fire
   */
  public record Constants(
      float rate,
      float leastRate,
      float consolidation,
      float expectation,
      float restingError,
      float copy,
      float lead,
      float probe,
      float trace,
      float quiet) {

    /** Those that figures are given for. */
    public static final Constants STANDARD =
        new Constants(3f, 0.1f, 400f, 300f, 0.4f, 0.3f, 7f, 400f, 100f, 500f);

    public Constants {
      LevelDynamics.checkTimeConstant(consolidation);
      LevelDynamics.checkTimeConstant(expectation);
      LevelDynamics.checkTimeConstant(trace);
      requireShare("least share of the learning rate", leastRate);
      requireShare("expected error", restingError);
      requireShare("copied share", copy);
      if (!(rate > 0) || !Float.isFinite(rate)) {
        throw new InputException("a learning rate must be finite and above 0, not " + rate);
      }
      if (!(lead >= 0) || !(probe >= 0) || !(quiet >= 0)) {
        throw new InputException("lead, length and quiet time of comparisons must be at least 0");
      }
    }

    private static void requireShare(String what, float value) {
      if (!(value >= 0 && value <= 1)) {
        throw new InputException("the " + what + " lies in [0, 1], not at " + value);
      }
    }
  }

  /** All four modulators, no lesion, full densities, no further couplings. */
  public static final BankSettings STANDARD =
      new BankSettings(
          EnumSet.allOf(Modulator.class),
          Set.of(),
          16,
          Constants.STANDARD,
          Map.of(),
          Couplings.NONE);

  public BankSettings {
    // In the order of their constants, so that equal settings read the same in any process.
    modulators = Collections.unmodifiableSet(copy(modulators, Modulator.class));
    lesions = Collections.unmodifiableSet(copy(lesions, Lesion.class));
    Map<Modulator, ReceptorDensity> all = new EnumMap<>(Modulator.class);
    for (Modulator modulator : Modulator.values()) {
      all.put(modulator, densities.getOrDefault(modulator, ReceptorDensity.FULL));
    }
    densities = Collections.unmodifiableMap(all);
    if (readouts < 2 || readouts > MOST_READOUTS) {
      throw new InputException("a bank has 2.." + MOST_READOUTS + " read-outs, not " + readouts);
    }
  }

  private static <E extends Enum<E>> Set<E> copy(Set<E> set, Class<E> type) {
    Set<E> copy = EnumSet.noneOf(type);
    copy.addAll(set);
    return copy;
  }

  /** The same with other modulators. */
  public BankSettings withModulators(Set<Modulator> others) {
    return new BankSettings(others, lesions, readouts, constants, densities, couplings);
  }

  /** The same with other lesions. */
  public BankSettings withLesions(Set<Lesion> others) {
    return new BankSettings(modulators, others, readouts, constants, densities, couplings);
  }

  /** Whether a modulator is there. */
  public boolean has(Modulator modulator) {
    return modulators.contains(modulator);
  }

  /** Whether a part is taken away. */
  public boolean lacks(Lesion lesion) {
    return lesions.contains(lesion);
  }

  /** Whether read-outs that open are compared, which takes dopamine. */
  public boolean compares() {
    return has(Modulator.DOPAMINE) && !lacks(Lesion.COMPARISON);
  }

  /** Whether older read-outs are kept, which takes serotonin. */
  public boolean recalls() {
    return has(Modulator.SEROTONIN) && !lacks(Lesion.RECALL);
  }

  /** Whether learning rates fall with what is consolidated. */
  public boolean consolidates() {
    return has(Modulator.SEROTONIN) && !lacks(Lesion.CONSOLIDATION);
  }

  /** Modulators and lesions in a few words, such as {@code da,ach,na without recall}. */
  public String words() {
    String present =
        new TreeSet<>(modulators)
            .stream().map(Modulator::shortName).collect(Collectors.joining(","));
    String absent =
        new TreeSet<>(lesions).stream().map(Lesion::toString).collect(Collectors.joining(","));
    return (present.isEmpty() ? "none" : present) + (absent.isEmpty() ? "" : " without " + absent);
  }
}
