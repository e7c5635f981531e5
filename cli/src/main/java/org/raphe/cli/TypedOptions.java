package org.raphe.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.raphe.datasets.DatasetCatalog;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that decide a run, as they stand after command line and config file, to be kept in
 * its folder.
 */
final class TypedOptions {
  /** Options of one invocation, not of the run. */
  private static final List<String> NOT_KEPT =
      Arrays.asList(
          "--out", "--resume", "--config", "--quiet", "--stacktrace", "--help", "--download");

  private TypedOptions() {}

  static Map<String, Object> of(CommandSpec spec) {
    return of(spec, name -> true);
  }

  /**
   * Those of some names.
   *
   * @param decides whether an option, named with its dashes, has a part in the run
   */
  static Map<String, Object> of(CommandSpec spec, Predicate<String> decides) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      if (value != null
          && !NOT_KEPT.contains(option.longestName())
          && decides.test(option.longestName())) {
        values.put(option.longestName().replaceFirst("^--", ""), text(option.longestName(), value));
      }
    }
    return values;
  }

  /** Paths are kept whole, so that a run can be continued from another folder. */
  private static String text(String name, Object value) {
    boolean path =
        value instanceof Path
            || (name.equals("--dataset") && DatasetCatalog.isPath(value.toString()));
    return path ? Path.of(value.toString()).toAbsolutePath().toString() : value.toString();
  }
}
