package org.raphe.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.neuromodulation.Modulator;
import org.raphe.volatility.BankSettings;
import org.raphe.volatility.LearnerSpec;
import org.raphe.volatility.LearnerSpec.Descent;
import org.raphe.volatility.LearnerSpec.Restart;
import org.raphe.volatility.Lesion;
import org.raphe.volatility.NoradrenalineTimes;
import picocli.CommandLine.Option;

/** What learns beside the bank under modulators, from the same hidden activity. */
final class ComparisonOptions {
  /** Learners that belong together. */
  enum Group {
    CONTROLS,
    FACTORIAL,
    LESIONS,
    NA_TIMES;

    /** The name users type. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(
      names = "--compare",
      defaultValue = "controls",
      paramLabel = "LIST|all|none",
      description =
          "What learns the same stream beside it: controls (fixed settings, a drift detector with reset, reset at the true switches, a bank without modulators, meanings given), factorial (na, ach and 5ht there or not, da always), lesions (each by itself, and no da), na-times (oracle, random, yoked). Default: ${DEFAULT-VALUE}.")
  String compare;

  @Option(
      names = "--fixed-rates",
      defaultValue = "0.6,1",
      paramLabel = "RATE,...",
      description =
          "Learning rates of plain descent among the controls, each also with L2. Default: ${DEFAULT-VALUE}.")
  String rates;

  private static final float[] DECAYS = {0.003f, 0.01f};
  private static final float[] MOMENTUM_RATES = {0.03f, 0.1f};
  private static final float[] ADAM_RATES = {0.01f, 0.03f, 0.1f};

  /** Chosen with the other settings, docs/NEUROMODULATION.md; so are the rates above. */
  private static final float DRIFT_RATE = 0.6f;

  private static final float SWITCH_RATE = 0.3f;
  private static final float BANK_RATE = 0.6f;
  private static final int PROBE = 400;

  /** Whether noradrenaline's times in another stream are asked for. */
  boolean yoked() {
    return groups().contains(Group.NA_TIMES);
  }

  /** The group that a learner belongs to, by its name. */
  static String group(String name) {
    int end = name.indexOf(' ');
    return end < 0 ? "modulated" : name.substring(0, end);
  }

  private Set<Group> groups() {
    Set<Group> groups = new LinkedHashSet<>();
    if (compare.equalsIgnoreCase("all")) {
      return Set.of(Group.values());
    }
    if (!compare.equalsIgnoreCase("none")) {
      List<String> names = Arrays.stream(Group.values()).map(Group::toString).toList();
      for (String part : compare.split(",", -1)) {
        String known = KnownNames.chosen("--compare", part.strip(), names);
        groups.add(Group.values()[names.indexOf(known)]);
      }
    }
    return groups;
  }

  /**
   * The learners: the bank, and what is asked for beside it.
   *
   * @param settings of the bank
   */
  List<LearnerSpec> learners(BankSettings settings, NoradrenalineTimes times) {
    List<LearnerSpec> learners = new ArrayList<>();
    learners.add(new LearnerSpec.Modulated("modulated", settings, times));
    Set<Group> groups = groups();
    if (groups.contains(Group.FACTORIAL)) {
      factorial(settings, times, learners);
    }
    if (groups.contains(Group.LESIONS)) {
      lesions(settings, times, learners);
    }
    if (groups.contains(Group.NA_TIMES)) {
      for (NoradrenalineTimes other : NoradrenalineTimes.values()) {
        learners.add(new LearnerSpec.Modulated(Group.NA_TIMES + " " + other, settings, other));
      }
    }
    if (groups.contains(Group.CONTROLS)) {
      controls(settings, learners);
    }
    return learners;
  }

  private static void factorial(
      BankSettings settings, NoradrenalineTimes times, List<LearnerSpec> learners) {
    for (String list :
        List.of(
            "da",
            "da,ach",
            "da,5ht",
            "da,ach,5ht",
            "da,na",
            "da,ach,na",
            "da,5ht,na",
            "da,ach,5ht,na")) {
      learners.add(
          new LearnerSpec.Modulated(
              Group.FACTORIAL + " " + list,
              settings.withModulators(Modulator.listed(list)),
              times));
    }
  }

  private static void lesions(
      BankSettings settings, NoradrenalineTimes times, List<LearnerSpec> learners) {
    for (Lesion lesion : Lesion.values()) {
      learners.add(
          new LearnerSpec.Modulated(
              Group.LESIONS + " " + lesion, settings.withLesions(Set.of(lesion)), times));
    }
    learners.add(
        new LearnerSpec.Modulated(
            Group.LESIONS + " da", settings.withModulators(Modulator.listed("ach,5ht,na")), times));
  }

  private void controls(BankSettings settings, List<LearnerSpec> learners) {
    for (float rate : VolatileStreamOptions.list("--fixed-rates", rates, Float::valueOf)) {
      if (!(rate > 0) || !Float.isFinite(rate)) {
        throw new InputException("--fixed-rates are finite and above 0, not " + rate);
      }
      learners.add(fixed("sgd " + rate, Descent.SGD, rate, 0f, Restart.NEVER));
      for (float decay : DECAYS) {
        String name = "l2 " + rate + " " + decay;
        learners.add(fixed(name, Descent.SGD, rate, decay, Restart.NEVER));
      }
    }
    for (float rate : MOMENTUM_RATES) {
      learners.add(fixed("momentum " + rate, Descent.MOMENTUM, rate, 0f, Restart.NEVER));
    }
    for (float rate : ADAM_RATES) {
      learners.add(fixed("adam " + rate, Descent.ADAM, rate, 0f, Restart.NEVER));
    }
    learners.add(fixed("drift-reset", Descent.SGD, DRIFT_RATE, 0f, Restart.DRIFT));
    learners.add(fixed("switch-reset", Descent.SGD, SWITCH_RATE, 0f, Restart.SWITCH));
    learners.add(
        new LearnerSpec.Plain(
            Group.CONTROLS + " plain-bank", BANK_RATE, PROBE, settings.readouts()));
    learners.add(new LearnerSpec.Given(Group.CONTROLS + " meaning-given", settings));
  }

  private static LearnerSpec fixed(
      String name, Descent descent, float rate, float decay, Restart restart) {
    return new LearnerSpec.Fixed(Group.CONTROLS + " " + name, descent, rate, decay, restart);
  }
}
