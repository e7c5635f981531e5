package org.raphe.cli;

import java.util.Locale;
import org.raphe.InputException;
import org.raphe.RunException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line. Exit status: 0 done, 1 the run failed, 2 the command line or its input was
 * wrong, 130 interrupted.
 */
@Command(
    name = "raphe",
    description =
        "Trains spiking and rate networks with no backward pass: learning is local, forward-only"
            + " and told what to do by neuromodulators.",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ContinualCommand.class,
      VolatileCommand.class,
      GoNoGoCommand.class,
      PermutedCommand.class,
      DevicesCommand.class,
      DatasetsCommand.class,
      ParityCommand.class,
      BenchCommand.class,
      ReportCommand.class,
      SweepCommand.class,
      VerifyCommand.class,
      BuildCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {"  raphe train --dataset mnist", "  raphe help train"},
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class)
public final class Raphe {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_INPUT = 2;
  static final int INTERRUPTED = 130;

  private Raphe() {}

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    // Numbers are written alike in every locale, also by what does not ask for one.
    Locale.setDefault(Locale.ROOT);
    SweepChild.endWithParent();
    VectorModule.bringIn();
    System.exit(execute(arguments));
  }

  /** Runs a command and returns its exit status. */
  static int execute(String... arguments) {
    return execute(commands(), arguments);
  }

  /** Runs a command of {@link #commands} and returns its exit status. */
  static int execute(CommandLine commands, String... arguments) {
    if (arguments.length == 0) {
      commands.usage(commands.getErr());
      return WRONG_INPUT;
    }
    try {
      ConfigFile.applyTo(commands, arguments);
      return commands.execute(arguments);
    } catch (InputException e) {
      commands.getErr().println("raphe: " + e.getMessage());
      return WRONG_INPUT;
    } catch (OutOfMemoryError e) {
      commands
          .getErr()
          .println(
              "raphe: not enough memory ("
                  + oneLine(e.getMessage())
                  + "); choose a smaller network or batch, or more memory with"
                  + " RAPHE_JAVA_OPTIONS=-Xmx...");
      return FAILED;
    }
  }

  /** All commands, ready to be executed. */
  static CommandLine commands() {
    CommandLine commands = new CommandLine(new Raphe());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setUsageHelpAutoWidth(true);
    commands.getSubcommands().values().forEach(GroupedHelp::applyTo);
    commands.setParameterExceptionHandler(Raphe::reportParameters);
    commands.setExecutionExceptionHandler(Raphe::reportExecution);
    return commands;
  }

  private static int reportParameters(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println("raphe: " + oneLine(e.getMessage()) + KnownOptions.question(e, arguments));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return WRONG_INPUT;
  }

  private static int reportExecution(
      Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (CommonOptions.stackTraceWanted(parsed)) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof InputException) {
      command.getErr().println("raphe: " + oneLine(e.getMessage()));
      return WRONG_INPUT;
    }
    if (e instanceof RunException) {
      command.getErr().println("raphe: " + oneLine(e.getMessage()));
      return FAILED;
    }
    command
        .getErr()
        .println(
            "raphe: unexpected failure, a fault of Raphe itself: "
                + oneLine(e.toString())
                + "; run again with --stacktrace and report it");
    return FAILED;
  }

  private static String oneLine(String message) {
    return message == null ? "no reason given" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
