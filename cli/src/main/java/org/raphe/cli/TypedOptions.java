package org.raphe.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      if (value != null && !NOT_KEPT.contains(option.longestName())) {
        values.put(
            option.longestName().replaceFirst("^--", ""),
            (value instanceof Path path ? path.toAbsolutePath() : value).toString());
      }
    }
    return values;
  }
}
