package org.raphe.cli;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.neuromodulation.Couplings;
import org.raphe.neuromodulation.Modulator;
import org.raphe.neuromodulation.ReceptorDensity;
import org.raphe.volatility.BankSettings;
import org.raphe.volatility.Lesion;
import org.raphe.volatility.NoradrenalineTimes;
import picocli.CommandLine.Option;

/** A bank of read-outs under modulators: which, what of them is taken away, and their constants. */
final class ModulatorOptions {
  @Option(
      names = "--modulators",
      defaultValue = "da,ach,5ht,na",
      paramLabel = "LIST|none",
      description =
          "Modulators that are there: da (dopamine), ach (acetylcholine), 5ht (serotonin), na (noradrenaline). Default: ${DEFAULT-VALUE}.")
  String modulators;

  @Option(
      names = "--lesion",
      defaultValue = "none",
      paramLabel = "LIST|none",
      description =
          "Parts taken away by themselves: comparison (a read-out that opens takes over), recall (no older one is kept), consolidation (no rate falls), copy (a read-out opens empty), criterion (na fires beyond 1/2). Default: ${DEFAULT-VALUE}.")
  String lesion;

  @Option(
      names = "--na-times",
      defaultValue = "surprise",
      paramLabel = "surprise|oracle|random|yoked",
      description =
          "When noradrenaline fires: by its own level, at the true switches, at as many random times, or when it fired in another stream. Default: ${DEFAULT-VALUE}.")
  String times;

  @Option(
      names = "--readouts",
      defaultValue = "16",
      paramLabel = "M",
      description = "Most read-outs of a bank at a time. Default: ${DEFAULT-VALUE}.")
  int readouts;

  @Option(
      names = "--densities",
      defaultValue = "1",
      paramLabel = "D|MODULATOR=D,...",
      description =
          "Receptor densities of hidden units, for all modulators or each (5ht=0.5,ach=drawn): a number in [0, 1], drawn (one a unit), or d1-d2 (half of the units of opposite sign). Default: ${DEFAULT-VALUE}.")
  String densities;

  @Option(
      names = "--couplings",
      paramLabel = "16 NUMBERS",
      description =
          "What levels add to one another's drives: rows da, ach, 5ht, na of four numbers in [-1, 1], all separated by commas. Default: none beside the model's own.")
  String couplings;

  @Option(
      names = "--resting-error",
      defaultValue = "0.4",
      paramLabel = "K",
      description = "Error that is expected where ach is not there. Default: ${DEFAULT-VALUE}.")
  float restingError;

  @Option(
      names = "--acetylcholine-time",
      defaultValue = "300",
      paramLabel = "SAMPLES",
      description = "Time constant of the expected error. Default: ${DEFAULT-VALUE}.")
  float expectation;

  @Option(
      names = "--serotonin-time",
      defaultValue = "400",
      paramLabel = "SAMPLES",
      description = "Samples by which a read-out is half consolidated. Default: ${DEFAULT-VALUE}.")
  float consolidation;

  @Option(
      names = "--dopamine-time",
      defaultValue = "100",
      paramLabel = "SAMPLES",
      description = "Time constant of what a comparison remembers. Default: ${DEFAULT-VALUE}.")
  float trace;

  /** The bank's settings. */
  BankSettings settings() {
    BankSettings.Constants usual = BankSettings.Constants.STANDARD;
    BankSettings.Constants constants =
        new BankSettings.Constants(
            usual.rate(),
            usual.leastRate(),
            consolidation,
            expectation,
            restingError,
            usual.copy(),
            usual.lead(),
            usual.probe(),
            trace,
            usual.quiet());
    return new BankSettings(
        Modulator.listed(modulators),
        Lesion.listed(lesion),
        readouts,
        constants,
        densities(densities),
        couplings == null ? Couplings.NONE : Couplings.listed(couplings));
  }

  NoradrenalineTimes times() {
    return OptionValue.of("--na-times", NoradrenalineTimes.class, times);
  }

  private static Map<Modulator, ReceptorDensity> densities(String text) {
    Map<Modulator, ReceptorDensity> densities = new EnumMap<>(Modulator.class);
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      ReceptorDensity density = ReceptorDensity.parse(part.substring(equals + 1));
      if (equals < 0) {
        for (Modulator modulator : Modulator.values()) {
          put(densities, modulator, density, text);
        }
      } else {
        put(densities, Modulator.named(part.substring(0, equals)), density, text);
      }
    }
    return densities;
  }

  private static void put(
      Map<Modulator, ReceptorDensity> densities,
      Modulator modulator,
      ReceptorDensity density,
      String text) {
    if (densities.put(modulator, density) != null) {
      throw new InputException(
          "--densities \"" + text + "\" gives that of " + modulator.shortName() + " twice");
    }
  }

  /** What result.json says of them. */
  Map<String, String> said() {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("modulators", modulators);
    said.put("lesion", lesion);
    said.put("na_times", times);
    said.put("readouts", Integer.toString(readouts));
    said.put("densities", densities);
    said.put("couplings", couplings == null ? "none" : couplings);
    said.put("resting_error", Float.toString(restingError));
    said.put("acetylcholine_time", Float.toString(expectation));
    said.put("serotonin_time", Float.toString(consolidation));
    said.put("dopamine_time", Float.toString(trace));
    return said;
  }
}
