package org.raphe.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.raphe.InputException;
import org.raphe.baseline.StreamBaseline;
import org.raphe.baseline.StreamBaselines;
import org.raphe.rule.Rules;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * Options of analytic baselines, each of which sets the baseline's setting of that name. A baseline
 * refuses what it has no use for, and so does a rule.
 */
@OptionGroup.Of(OptionGroup.STREAM)
final class BaselineOptions {
  @Option(
      names = "--directions",
      paramLabel = "N",
      description = "class-pca: most principal directions of a class. Default: 25.")
  Integer directions;

  private static final String FEATURES = "--features";

  /** Options of every analytic baseline. */
  private static final Set<String> OF_ALL =
      Set.of(
          "--dataset",
          "--data",
          "--download",
          "--separator",
          "--label-column",
          "--heading",
          "--image-size",
          "--image-colours",
          "--train-limit",
          "--test-limit",
          "--validation",
          "--classes-per-experience",
          "--order",
          "--protocol",
          "--baseline",
          "--seed",
          "--backend",
          "--threads",
          "--out",
          "--resume",
          "--config",
          "--quiet",
          "--stacktrace",
          "--help");

  /**
   * A baseline with the settings that are given.
   *
   * @throws InputException naming the options that are given and that it has no use for
   */
  static StreamBaseline with(StreamBaseline baseline, CommandSpec spec) {
    Set<String> useless = new LinkedHashSet<>();
    StreamBaseline set = baseline;
    for (OptionSpec option : spec.options()) {
      if (given(option, spec)) {
        if (isSetting(baseline, option)) {
          set = set.with(setting(option), option.getValue().toString());
        } else if (option.longestName().equals(FEATURES)
            ? !scalesFeatures(option)
            : !decides(baseline, option.longestName())) {
          useless.add(option.longestName());
        }
      }
    }
    if (!useless.isEmpty()) {
      throw new InputException(
          "baseline "
              + baseline.name()
              + " has no use for "
              + String.join(", ", new TreeSet<>(useless))
              + "; leave it out");
    }
    return set;
  }

  /** Whether an option sets a baseline; {@code --features} does by a number, and by no word. */
  private static boolean isSetting(StreamBaseline baseline, OptionSpec option) {
    return baseline.settings().containsKey(setting(option)) && !scalesFeatures(option);
  }

  private static boolean scalesFeatures(OptionSpec option) {
    return option.longestName().equals(FEATURES)
        && !FeatureOptions.isCount(option.getValue().toString());
  }

  /** Whether an option, named with its dashes, has a part in a run of a baseline. */
  static boolean decides(StreamBaseline baseline, String name) {
    return OF_ALL.contains(name)
        || name.equals(FEATURES)
        || baseline.settings().containsKey(name.substring(2));
  }

  /**
   * Checks that no option of analytic baselines alone is given for a rule.
   *
   * @throws InputException naming the first that is
   */
  static void refuse(CommandSpec spec) {
    List<String> ofRules =
        Rules.all().stream().flatMap(rule -> rule.settings().keySet().stream()).toList();
    for (StreamBaseline baseline : StreamBaselines.all()) {
      for (String setting : baseline.settings().keySet()) {
        OptionSpec option = spec.findOption("--" + setting);
        if (!ofRules.contains(setting) && given(option, spec) && !scalesFeatures(option)) {
          throw new InputException(
              option.longestName()
                  + ": for --baseline "
                  + baseline.name()
                  + " alone; leave it out, or choose that baseline");
        }
      }
    }
  }

  private static String setting(OptionSpec option) {
    return option.longestName().substring(2);
  }

  /** Whether an option is typed, or set by a config file. */
  private static boolean given(OptionSpec option, CommandSpec spec) {
    if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
      return true;
    }
    IDefaultValueProvider configured = spec.defaultValueProvider();
    try {
      return configured != null && configured.defaultValue(option) != null;
    } catch (Exception e) {
      throw new IllegalStateException("the config file was read before", e);
    }
  }
}
