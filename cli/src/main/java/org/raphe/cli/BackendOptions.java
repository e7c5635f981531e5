package org.raphe.cli;

import java.io.PrintWriter;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import picocli.CommandLine.Option;

/** Which backend runs, and how. */
final class BackendOptions {
  @Option(
      names = "--backend",
      defaultValue = "auto",
      paramLabel = "auto|cpu|opencl|cuda",
      description =
          "What runs the kernels; a backend named here never falls back to another. Default: ${DEFAULT-VALUE}.")
  String backend;

  @Option(
      names = "--device",
      defaultValue = "0",
      paramLabel = "N",
      description = "Number of the backend's device, from 0. Default: ${DEFAULT-VALUE}.")
  int device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of the CPU backend; results do not depend on it. Default: all processors.")
  Integer threads;

  @Option(
      names = "--kernels",
      defaultValue = "auto",
      paramLabel = "auto|plain|vector",
      description =
          "Inner loops of the CPU backend; results do not depend on it. Default: ${DEFAULT-VALUE}.")
  String kernels;

  /** Opens the backend asked for and says which one it is and why. The caller closes it. */
  Backend open(PrintWriter log) {
    String why =
        switch (backend) {
          case "cpu" -> "asked for";
          case "auto" -> "auto: the only backend of this version";
          case "opencl", "cuda" ->
              throw new InputException(
                  "backend "
                      + backend
                      + " is not part of this version of Raphe; use --backend cpu");
          default ->
              throw new InputException(
                  "backend \"" + backend + "\" is unknown; choose auto, cpu, opencl or cuda");
        };
    if (device != 0) {
      throw new InputException("the CPU backend has device 0 only, not " + device);
    }
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    KernelChoice choice = KernelChoice.named(kernels);
    Backend opened = new CpuBackend(count, choice);
    log.println(
        "backend: cpu ("
            + why
            + "), "
            + opened.device()
            + "; "
            + choice.description()
            + " ("
            + choice.reason()
            + ")");
    return opened;
  }
}
