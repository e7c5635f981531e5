package org.raphe.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options of every command. */
@OptionGroup.Of(OptionGroup.GENERAL)
final class CommonOptions {
  @Option(names = "--stacktrace", description = "Show where in the code a failure happened.")
  boolean stackTrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Whether the command that failed was given {@code --stacktrace}. */
  static boolean stackTraceWanted(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    return command.hasMatchedOption("--stacktrace");
  }
}
