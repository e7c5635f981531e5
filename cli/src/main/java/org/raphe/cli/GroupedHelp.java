package org.raphe.cli;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Help of a command: how it is called, what cannot be left out first; its options in groups; and
 * examples.
 */
final class GroupedHelp {
  private GroupedHelp() {}

  /** Gives a command its help. */
  static void applyTo(CommandLine command) {
    Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> synopsis(help.commandSpec()));
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, GroupedHelp::options);
    command.setHelpSectionMap(sections);
    command.getCommandSpec().usageMessage().footerHeading("%nExamples:%n");
  }

  private static String synopsis(CommandSpec command) {
    StringBuilder line = new StringBuilder(command.qualifiedName());
    for (OptionSpec option : command.options()) {
      if (option.required()) {
        line.append(' ').append(option.longestName()).append(' ').append(option.paramLabel());
      }
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
      line.append(parameter.required() ? " " + label : " [" + label + "]");
    }
    return line + " [OPTIONS]" + System.lineSeparator();
  }

  private static String options(Help help) {
    Map<OptionGroup, List<OptionSpec>> groups =
        help.commandSpec().options().stream()
            .filter(option -> !option.hidden())
            .collect(
                Collectors.groupingBy(
                    GroupedHelp::groupOf,
                    () -> new EnumMap<>(OptionGroup.class),
                    Collectors.toCollection(ArrayList::new)));
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (group, options) -> {
          // Columns are as wide as the widest option of all, so that groups stand in line.
          Help.Layout layout =
              help.createDefaultLayout(
                  help.commandSpec().options(),
                  help.commandSpec().positionalParameters(),
                  help.colorScheme());
          layout.addOptions(options, help.parameterLabelRenderer());
          text.append(System.lineSeparator())
              .append(group.heading())
              .append(':')
              .append(System.lineSeparator())
              .append(layout);
        });
    return text.toString();
  }

  /** The group of the class that declares the option. */
  static OptionGroup groupOf(OptionSpec option) {
    if (option.userObject() instanceof Member member) {
      OptionGroup.Of group = member.getDeclaringClass().getAnnotation(OptionGroup.Of.class);
      return group == null ? OptionGroup.OWN : group.value();
    }
    return OptionGroup.OWN;
  }
}
