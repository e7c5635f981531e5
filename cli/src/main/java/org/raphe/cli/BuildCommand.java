package org.raphe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code raphe build}: the launcher has built before this starts; here the names are checked, and
 * what was asked for is found.
 */
@Command(
    name = "build",
    description =
        "Builds Raphe from its sources, and the modules named, which every later start keeps built: tensor-engine for the rules bp, cbp, bptt, ewc and hybrid, benchmarks for what bench compares with, spark for sweeps on a cluster.",
    footer = {"  raphe build", "  raphe build tensor-engine benchmarks"})
final class BuildCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Parameters(
      paramLabel = "MODULE",
      completionCandidates = OptionalModule.Names.class,
      description = "Modules beside the command line: ${COMPLETION-CANDIDATES}. Default: none.")
  List<String> names = List.of();

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<OptionalModule> modules = names.stream().map(OptionalModule::named).toList();
    String from = System.getProperty(OptionalModule.STARTED_FROM, "");
    if (!from.equals("sources") && modules.isEmpty()) {
      throw new InputException(
          "build is for Raphe's sources, where ./raphe builds; "
              + (from.equals("archive")
                  ? "an archive is built already"
                  : "run ./raphe build there"));
    }
    for (OptionalModule module : modules) {
      if (!module.isPresent()) {
        throw new InputException(
            "this asks for the module " + module + ", which " + module.absence());
      }
      spec.commandLine().getOut().println(module + " is built");
    }
    spec.commandLine().getOut().flush();
    return Raphe.DONE;
  }
}
