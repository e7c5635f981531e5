package org.raphe.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.raphe.model.Model;
import org.raphe.nir.NirFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe export}: a saved model as a file that other tools read. */
@Command(
    name = "export",
    description =
        "Writes a saved model of spiking units, dense or convolutional, as a NIR file (HDF5) for other tools and chips.",
    footer = {
      "  raphe export --model runs/first --nir first.nir",
      "  raphe export --model runs/first --nir first.nir --dt 1e-3"
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Mixin ModelOptions saved;

  @Option(names = "--nir", required = true, paramLabel = "FILE", description = "The new NIR file.")
  Path nir;

  @Option(
      names = "--dt",
      defaultValue = "" + NirFile.STEP,
      paramLabel = "SECONDS",
      description =
          "Length of a time step, which NIR's time constants are told in. Default: ${DEFAULT-VALUE}.")
  double dt;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Model model = saved.load();
    ModelOptions.requireNew(nir, "--nir");
    NirFile.write(nir, model, dt);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: network %s, %d steps a sample, weights %.16s%n",
            nir, model.network().text(), model.steps(), model.parameters().sha256());
    spec.commandLine().getOut().flush();
    return Raphe.DONE;
  }
}
