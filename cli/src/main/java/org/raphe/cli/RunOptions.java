package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of commands that run a network. */
final class RunOptions {
  @Option(names = "--quiet", description = "Print the result only.")
  boolean quiet;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with options, named as here without dashes; what is typed goes before it.")
  Path config;

  /** Where remarks go: {@code err}, or nowhere if quiet. */
  PrintWriter log(PrintWriter err) {
    return quiet ? new PrintWriter(PrintWriter.nullWriter()) : err;
  }
}
