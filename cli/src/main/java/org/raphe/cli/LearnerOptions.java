package org.raphe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.KnownNames;
import org.raphe.agent.AgentSettings;
import org.raphe.agent.LearnerSettings;
import org.raphe.agent.NoradrenalineLevers;
import org.raphe.agent.OtherModulators;
import org.raphe.agent.ReleaseRule;
import org.raphe.agent.ReleaseSettings;
import org.raphe.agent.StudyVariant;
import picocli.CommandLine.Option;

/** How the learners of a study behave, and what stands beside them. */
final class LearnerOptions {
  private static final String NONE = "none";
  private static final List<String> MODULATORS = List.of("da", "ach", "5ht", "na");
  private static final List<String> RULES = List.of("unmended", "surprise");

  @Option(
      names = "--modulators",
      defaultValue = "da,na",
      paramLabel = "LIST",
      description =
          "Modulators that are there: da (dopamine, always), ach (acetylcholine), 5ht (serotonin),"
              + " na (noradrenaline). Default: ${DEFAULT-VALUE}.")
  String modulators;

  @Option(
      names = "--compare",
      defaultValue = NONE,
      paramLabel = "none|all|LIST",
      description =
          "What stands beside them: controls (no-na, random-times, yoked, oracle), levers (without"
              + " each, each alone), release (the other rule of release). Default:"
              + " ${DEFAULT-VALUE}.")
  String compare;

  @Option(
      names = "--release",
      defaultValue = "unmended",
      paramLabel = "unmended|surprise",
      description =
          "What releases noradrenaline: rewards that fall short while dopamine has nothing to mend,"
              + " or as soon as they do. Default: ${DEFAULT-VALUE}.")
  String release;

  @Option(names = "--steps", paramLabel = "T", description = "Steps of a trial. Default: 60.")
  Integer steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Learning rate of actor and critic. Default: 0.02.")
  Float rate;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Temperature of the choice without noradrenaline; 0 takes the group of the higher rate."
              + " Default: 0.")
  Float temperature;

  @Option(
      names = "--na-gain",
      paramLabel = "G",
      description =
          "Noradrenaline's lever gain: currents of E units times 1 + G at level 1. Default: 0.3.")
  Float gain;

  @Option(
      names = "--na-bursts",
      paramLabel = "P",
      description =
          "Noradrenaline's lever bursts: probability that a group of the actor bursts in a trial at"
              + " level 1. Default: 0.5.")
  Float bursts;

  @Option(
      names = "--na-temperature",
      paramLabel = "T",
      description =
          "Noradrenaline's lever temperature: added to that of the choice at level 1. Default:"
              + " 0.1.")
  Float naTemperature;

  @Option(
      names = "--na-plasticity",
      paramLabel = "F",
      description =
          "Noradrenaline's lever plasticity: learning rates times 1 + F at level 1. Default: 2.")
  Float plasticity;

  private static <N> N or(N given, N otherwise) {
    return given == null ? otherwise : given;
  }

  private Set<String> chosen(String option, String typed, List<String> known) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String part : typed.split(",", -1)) {
      chosen.add(KnownNames.chosen(option, part.strip(), known));
    }
    return chosen;
  }

  /** The kinds of learners, the first of which is what others are compared with. */
  List<StudyVariant> variants() {
    LearnerSettings settings = settings();
    Set<String> groups =
        compare.equalsIgnoreCase(NONE)
            ? Set.of()
            : compare.equalsIgnoreCase("all")
                ? Set.copyOf(StudyVariant.GROUPS)
                : chosen("compare", compare, StudyVariant.GROUPS);
    if (!groups.isEmpty() && settings.release().rule() == ReleaseRule.NEVER) {
      throw new InputException(
          "--compare is about noradrenaline, which --modulators "
              + modulators
              + " leaves out; add na");
    }
    List<StudyVariant> variants = new ArrayList<>();
    variants.add(StudyVariant.modulated(settings));
    variants.addAll(StudyVariant.beside(settings, groups));
    return variants;
  }

  private LearnerSettings settings() {
    Set<String> there = chosen("modulator", modulators, MODULATORS);
    if (!there.contains("da")) {
      throw new InputException(
          "--modulators " + modulators + " lacks da: nothing else is learned by");
    }
    AgentSettings agent = agent(AgentSettings.standard());
    NoradrenalineLevers usual = NoradrenalineLevers.standard();
    NoradrenalineLevers levers =
        new NoradrenalineLevers(
            or(gain, usual.gain()),
            or(bursts, usual.burst()),
            or(naTemperature, usual.temperature()),
            or(plasticity, usual.plasticity()),
            usual.burstCurrent(),
            Math.min(usual.burstSteps(), agent.steps()),
            usual.criticBurst());
    String rule = KnownNames.chosen("release", release, RULES);
    ReleaseRule releases =
        !there.contains("na")
            ? ReleaseRule.NEVER
            : rule.equals("unmended") ? ReleaseRule.UNMENDED : ReleaseRule.SURPRISE;
    OtherModulators none = OtherModulators.NONE;
    return new LearnerSettings(
        agent,
        levers,
        ReleaseSettings.standard().by(releases),
        new OtherModulators(
            there.contains("ach"),
            none.acetylcholineTrials(),
            there.contains("5ht"),
            none.serotoninTrials(),
            none.noGoBias()));
  }

  private AgentSettings agent(AgentSettings usual) {
    return new AgentSettings(
        or(steps, usual.steps()),
        usual.stimulusUnits(),
        usual.excitatory(),
        usual.inhibitory(),
        usual.inputRate(),
        usual.decay(),
        usual.threshold(),
        usual.inhibition(),
        usual.initialWeight(),
        usual.goWeight(),
        usual.largestWeight(),
        usual.traceSteps(),
        usual.eligibilitySteps(),
        or(rate, usual.actorRate()),
        or(rate, usual.criticRate()),
        usual.slope(),
        usual.valueOffset(),
        usual.valueGain(),
        usual.discount(),
        or(temperature, usual.temperature()));
  }

  /** What result.json says of the first kind. */
  Map<String, String> said() {
    LearnerSettings settings = settings();
    Map<String, String> said = new LinkedHashMap<>();
    said.put("modulators", String.join(",", chosen("modulator", modulators, MODULATORS)));
    said.put("release", settings.release().rule().toString());
    said.put("steps", "" + settings.agent().steps());
    said.put("learning_rate", "" + settings.agent().actorRate());
    said.put("temperature", "" + settings.agent().temperature());
    said.put("na_gain", "" + settings.levers().gain());
    said.put("na_bursts", "" + settings.levers().burst());
    said.put("na_temperature", "" + settings.levers().temperature());
    said.put("na_plasticity", "" + settings.levers().plasticity());
    return said;
  }
}
