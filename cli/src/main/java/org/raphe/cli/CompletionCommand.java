package org.raphe.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raphe completion}: a script made of all commands and options as they stand. */
@Command(
    name = "completion",
    description =
        "Prints a script by which a shell completes commands, options and their values: source <(./raphe completion bash), or zsh.",
    footer = {"  source <(raphe completion bash)", "  raphe completion zsh > ~/.raphe-completion"})
final class CompletionCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  /** Shells that the script is for. */
  enum Shell {
    /** Bourne-again shell. */
    BASH,
    /** Z shell, which runs bash's completions. */
    ZSH
  }

  /** One script is for both: it finds out by itself which shell reads it. */
  @Parameters(
      arity = "0..1",
      paramLabel = "bash|zsh",
      description = "The shell; the script is the same. Default: ${DEFAULT-VALUE}.",
      defaultValue = "bash")
  Shell shell;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine whole = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(whole.getCommandName(), whole));
    out.flush();
    return Raphe.DONE;
  }
}
