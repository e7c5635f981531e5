package org.raphe.agent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One kind of learner in a study; all kinds have the same seeds, weights and trials.
 *
 * @param group {@code modulated} (the first), {@code controls}, {@code levers} or {@code release}
 * @param name within the group
 * @param settings how its learners behave
 * @param times when noradrenaline is released, where that is given; null where its own rule says
 */
public record StudyVariant(String group, String name, LearnerSettings settings, GivenTimes times) {

  /** Times of noradrenaline that are given to a control. */
  public enum GivenTimes {
    /** At the first trial under each new rule. */
    ORACLE,
    /** As often as in the first variant's learner of the same number, at random trials. */
    RANDOM,
    /** Those of the first variant's next learner, which had other trials. */
    YOKED
  }

  /** What can stand beside the first variant. */
  public static final List<String> GROUPS = List.of("controls", "levers", "release");

  /** The variant that all are compared with. */
  public static StudyVariant modulated(LearnerSettings settings) {
    return new StudyVariant("modulated", "modulated", settings, null);
  }

  /** The variants of some groups beside {@link #modulated}, in their order. */
  public static List<StudyVariant> beside(LearnerSettings settings, Set<String> groups) {
    List<StudyVariant> variants = new ArrayList<>();
    if (groups.contains("controls")) {
      variants.add(new StudyVariant("controls", "no-na", settings.by(ReleaseRule.NEVER), null));
      LearnerSettings given = settings.by(ReleaseRule.TIMES);
      variants.add(new StudyVariant("controls", "random-times", given, GivenTimes.RANDOM));
      variants.add(new StudyVariant("controls", "yoked", given, GivenTimes.YOKED));
      variants.add(new StudyVariant("controls", "oracle", given, GivenTimes.ORACLE));
    }
    if (groups.contains("levers")) {
      for (Lever lever : Lever.values()) {
        variants.add(levers("without-" + lever, settings, EnumSet.complementOf(EnumSet.of(lever))));
      }
      for (Lever lever : Lever.values()) {
        variants.add(levers("only-" + lever, settings, EnumSet.of(lever)));
      }
    }
    if (groups.contains("release")) {
      for (ReleaseRule rule : List.of(ReleaseRule.SURPRISE, ReleaseRule.UNMENDED)) {
        if (rule != settings.release().rule()) {
          variants.add(new StudyVariant("release", rule.toString(), settings.by(rule), null));
        }
      }
    }
    return variants;
  }

  private static StudyVariant levers(String name, LearnerSettings settings, Set<Lever> kept) {
    return new StudyVariant("levers", name, settings.with(settings.levers().only(kept)), null);
  }
}
