package org.raphe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.raphe.model.Model;
import org.raphe.nir.NirFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raphe import}: a network of another tool as a model that is tested or trained on. */
@Command(
    name = "import",
    description =
        "Reads a network of spiking units from a NIR file (HDF5) and saves it as a model, which evaluate and predict show samples to and train --init trains on.",
    footer = {
      "  raphe import --nir first.nir --out runs/imported",
      "  raphe import --nir other.nir --out runs/other --dt 1e-3 --steps 25"
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin CommonOptions common;

  @Option(names = "--nir", required = true, paramLabel = "FILE", description = "The NIR file.")
  Path nir;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new folder, which model.safetensors is written to.")
  Path out;

  @Option(
      names = "--dt",
      paramLabel = "SECONDS",
      description = "Length of a time step. Default: what the file says.")
  Double dt;

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "Time steps of a sample. Default: what the file says, or 20.")
  Integer steps;

  @Option(
      names = "--input-scale",
      paramLabel = "R",
      description = "r of the spike code x = 1[X > r U]. Default: what the file says, or 1.")
  Float inputScale;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the test spikes. Default: what the file says, or 1.")
  Long seed;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    NirFile.Imported imported = NirFile.read(nir, new NirFile.Given(dt, steps, inputScale, seed));
    Model model = imported.model();
    Path file = RunFolder.beginImported(out);
    model.write(file);
    PrintWriter told = spec.commandLine().getOut();
    told.printf(
        "%s: network %s, %d steps a sample, weights %.16s%n",
        file, model.network().text(), model.steps(), model.parameters().sha256());
    if (!imported.scaled().isEmpty()) {
      told.println(
          "weights onto "
              + String.join(", ", imported.scaled())
              + " were scaled: its units' r or threshold is not that of Raphe's");
    }
    told.flush();
    return Raphe.DONE;
  }
}
