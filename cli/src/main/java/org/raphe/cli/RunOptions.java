package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of commands that run a network. */
@OptionGroup.Of(OptionGroup.RUN)
final class RunOptions {
  @Option(names = "--quiet", description = "Print the result only.")
  boolean quiet;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with options, named as here without dashes; what is typed goes before it.")
  Path config;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** Where remarks go: {@code err}, in lines that fit its terminal, or nowhere if quiet. */
  PrintWriter log(PrintWriter err) {
    if (quiet) {
      return nowhere();
    }
    return TrainProgress.onTerminal()
        ? new WrappedWriter(err, command.usageMessage().width())
        : err;
  }

  /** Where what nobody is to read goes. */
  static PrintWriter nowhere() {
    return new PrintWriter(PrintWriter.nullWriter());
  }
}
