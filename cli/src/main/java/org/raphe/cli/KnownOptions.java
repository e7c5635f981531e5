package org.raphe.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.raphe.KnownNames;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a word that no command takes was meant to be. */
final class KnownOptions {
  private KnownOptions() {}

  /**
   * The question whether the nearest command or option was meant, as the end of a message.
   *
   * @param arguments what was typed: a required option that is missing may stand there misspelt
   */
  static String question(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    if (e instanceof MissingParameterException) {
      return Stream.of(arguments)
          .filter(word -> word.startsWith("--"))
          .map(word -> word.replaceFirst("=.*", ""))
          .filter(name -> command.getCommandSpec().findOption(name) == null)
          .map(name -> "; " + name + " is no option of it" + question(name, command))
          .findFirst()
          .orElse("");
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      return unmatched.isUnknownOption()
          ? question(first.replaceFirst("=.*", ""), command)
          : question(KnownNames.nearest(first, command.getSubcommands().keySet()));
    }
    // The command help takes the name of another one.
    return e.getValue() == null
        ? ""
        : question(KnownNames.nearest(e.getValue(), command.getSubcommands().keySet()));
  }

  /**
   * The same of an option.
   *
   * @param name with its dashes
   */
  static String question(String name, CommandLine command) {
    List<String> known =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(CommandLine.Model.OptionSpec::longestName)
            .toList();
    return question(KnownNames.nearest(name, known));
  }

  private static String question(Optional<String> nearest) {
    return nearest.map(name -> "; did you mean " + name + "?").orElse("");
  }
}
