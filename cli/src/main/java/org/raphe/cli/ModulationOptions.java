package org.raphe.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.raphe.InputException;
import org.raphe.modulation.Lever;
import org.raphe.modulation.ModulationSettings;
import org.raphe.modulation.ModulationSettings.Constants;
import org.raphe.neuromodulation.Couplings;
import org.raphe.neuromodulation.Modulator;
import picocli.CommandLine.Option;

/** Modulators that a network learns under, what they act on, and their constants. */
@OptionGroup.Of(OptionGroup.MODULATION)
final class ModulationOptions {
  @Option(
      names = "--modulators",
      paramLabel = "LIST|none",
      description =
          "Modulators that learning rates answer to: da (dopamine), ach (acetylcholine), 5ht (serotonin), na (noradrenaline). Default: none.")
  String modulators;

  @Option(
      names = "--levers",
      paramLabel = "MODULATOR=LEVER,...",
      description =
          "What each acts on: learning-rate, plasticity-gate (hidden layers alone), old-knowledge, gain, reset (na alone), expectation (da alone, rule naca: in the place of the label's). Default: ach=learning-rate,da=plasticity-gate,5ht=old-knowledge,na=gain,na=reset.")
  String levers;

  @Option(
      names = "--resting-error",
      paramLabel = "K",
      description = "Error that is expected where ach is not there. Default: 0.4.")
  Float restingError;

  @Option(
      names = "--acetylcholine-time",
      paramLabel = "SAMPLES",
      description = "Time constant of the expected error. Default: 300.")
  Float expectation;

  @Option(
      names = "--serotonin-time",
      paramLabel = "SAMPLES",
      description = "Samples by which half is consolidated. Default: 30000.")
  Float consolidation;

  @Option(
      names = "--noradrenaline-time",
      paramLabel = "SAMPLES",
      description = "Time constant by which the burst of a firing decays. Default: 500.")
  Float burst;

  @Option(
      names = "--noradrenaline-gain",
      paramLabel = "G",
      description = "Lever gain multiplies rates by 1 + G times the level. Default: 1.")
  Float gain;

  @Option(
      names = "--couplings",
      paramLabel = "16 NUMBERS",
      description =
          "What levels add to one another's drives: rows da, ach, 5ht, na of four numbers in [-1, 1], all separated by commas. Default: none.")
  String couplings;

  /**
   * The settings.
   *
   * @throws InputException if one is out of its range, or one is given that has no use
   */
  ModulationSettings settings() {
    Set<Modulator> there = Modulator.listed(modulators == null ? "none" : modulators);
    if (there.isEmpty()) {
      refuseWithoutModulators();
      return ModulationSettings.NONE;
    }
    Constants usual = Constants.STANDARD;
    Constants constants =
        new Constants(
            expectation == null ? usual.expectation() : expectation,
            restingError == null ? usual.restingError() : restingError,
            consolidation == null ? usual.consolidation() : consolidation,
            burst == null ? usual.burst() : burst,
            gain == null ? usual.gain() : gain,
            usual.leastRate(),
            usual.quiet());
    Couplings coupled = couplings == null ? Couplings.NONE : Couplings.listed(couplings);
    return new ModulationSettings(levers(there), constants, coupled);
  }

  private void refuseWithoutModulators() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("--levers", levers);
    given.put("--resting-error", restingError);
    given.put("--acetylcholine-time", expectation);
    given.put("--serotonin-time", consolidation);
    given.put("--noradrenaline-time", burst);
    given.put("--noradrenaline-gain", gain);
    given.put("--couplings", couplings);
    given.values().removeIf(value -> value == null);
    if (!given.isEmpty()) {
      throw new InputException(
          String.join(", ", given.keySet())
              + ": of modulators, and none is there; name them by --modulators, or leave it out");
    }
  }

  private Map<Modulator, Set<Lever>> levers(Set<Modulator> there) {
    Map<Modulator, Set<Lever>> all = new EnumMap<>(Modulator.class);
    there.forEach(modulator -> all.put(modulator, ModulationSettings.usual(modulator)));
    Set<Modulator> named = EnumSet.noneOf(Modulator.class);
    for (String part : levers == null ? new String[0] : levers.split(",", -1)) {
      String[] sides = part.split("=", -1);
      if (sides.length != 2) {
        throw new InputException(
            "--levers \"" + levers + "\" is not of the form MODULATOR=LEVER,MODULATOR=LEVER");
      }
      Modulator modulator = Modulator.named(sides[0]);
      Lever lever = Lever.named(sides[1]);
      if (!there.contains(modulator)) {
        throw new InputException(
            "--levers \""
                + levers
                + "\" names "
                + modulator.shortName()
                + ", which is not among --modulators "
                + modulators);
      }
      if (named.add(modulator)) {
        all.put(modulator, EnumSet.noneOf(Lever.class));
      }
      all.get(modulator).add(lever);
    }
    return all;
  }

  /** Modulators and levers as they are typed. */
  static String levers(ModulationSettings settings) {
    List<String> pairs = new ArrayList<>();
    settings
        .levers()
        .forEach(
            (modulator, own) -> own.forEach(one -> pairs.add(modulator.shortName() + "=" + one)));
    return String.join(",", pairs);
  }

  /** What result.json says of settings. */
  static Map<String, String> said(ModulationSettings settings) {
    Constants constants = settings.constants();
    Map<String, String> said = new LinkedHashMap<>();
    said.put(
        "modulators",
        settings.levers().keySet().stream()
            .map(Modulator::shortName)
            .collect(Collectors.joining(",")));
    said.put("levers", levers(settings));
    said.put(
        "couplings",
        settings.couplings().equals(Couplings.NONE) ? "none" : settings.couplings().toString());
    said.put("resting_error", Float.toString(constants.restingError()));
    said.put("acetylcholine_time", Float.toString(constants.expectation()));
    said.put("serotonin_time", Float.toString(constants.consolidation()));
    said.put("noradrenaline_time", Float.toString(constants.burst()));
    said.put("noradrenaline_gain", Float.toString(constants.gain()));
    return said;
  }
}
