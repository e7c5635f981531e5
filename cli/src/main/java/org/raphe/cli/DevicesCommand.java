package org.raphe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code raphe devices}: every backend, whether it can run here, and why not. */
@Command(
    name = "devices",
    description = "Lists every backend: available or not, why not, and what to do.")
final class DevicesCommand implements Callable<Integer> {
  private static final String LATER =
      "not part of this version of Raphe; use the CPU backend, which gives the same bits";

  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    KernelChoice choice = KernelChoice.best();
    try (CpuBackend cpu = new CpuBackend(Runtime.getRuntime().availableProcessors(), choice)) {
      String detail =
          cpu.device()
              + "; heap up to "
              + (cpu.memoryBytes() >> 20)
              + " MiB; kernels: "
              + choice.description()
              + " ("
              + choice.reason()
              + ")";
      TextTable.print(
          spec.commandLine().getOut(),
          List.of("backend", "available", "device"),
          List.of(
              List.of("cpu", "yes", detail),
              List.of("opencl", "no", LATER),
              List.of("cuda", "no", LATER)));
    }
    return Raphe.DONE;
  }
}
