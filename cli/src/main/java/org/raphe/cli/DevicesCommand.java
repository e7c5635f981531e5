package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.raphe.backend.Availability;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.cuda.CudaBackend;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.opencl.OpenClBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code raphe devices}: every backend, whether it can run here, and why not. */
@Command(
    name = "devices",
    description = "Lists every backend: available or not, why not, and what to do.",
    footer = {"  raphe devices", "  raphe devices | grep cuda"})
final class DevicesCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(cpu());
    rows.addAll(openCl());
    rows.addAll(cuda());
    TextTable.print(
        spec.commandLine().getOut(),
        List.of("backend", "--device", "available", "device, or what to do"),
        rows);
    return Raphe.DONE;
  }

  private static List<String> cpu() {
    KernelChoice choice = KernelChoice.best();
    try (CpuBackend cpu = new CpuBackend(Runtime.getRuntime().availableProcessors(), choice)) {
      String detail =
          cpu.device()
              + "; heap up to "
              + mebibytes(cpu.memoryBytes())
              + "; kernels: "
              + choice.description()
              + " ("
              + choice.reason()
              + ")";
      return List.of("cpu", "0", "yes", detail);
    }
  }

  private static List<List<String>> openCl() {
    Availability any = OpenClBackend.anyDevice();
    if (!any.available()) {
      return List.of(List.of("opencl", "-", "no", any.cause()));
    }
    List<List<String>> rows = new ArrayList<>();
    for (OpenClBackend.Listed device : OpenClBackend.devices()) {
      rows.add(
          List.of(
              "opencl",
              Integer.toString(device.number()),
              device.availability().available() ? "yes" : "no",
              device.words() + "; " + openClDetail(device)));
    }
    return rows;
  }

  private static String openClDetail(OpenClBackend.Listed device) {
    if (!device.availability().available()) {
      return device.availability().cause();
    }
    DeviceLimits limits = device.limits();
    return (device.gpu() ? "GPU" : "not a GPU, so auto passes it over")
        + "; memory "
        + mebibytes(limits.memory())
        + ", local "
        + (limits.localMemory() >> 10)
        + " KiB; work-groups up to "
        + limits.workGroup();
  }

  private static List<List<String>> cuda() {
    Availability any = CudaBackend.anyDevice();
    if (!any.available()) {
      return List.of(List.of("cuda", "-", "no", any.cause()));
    }
    List<List<String>> rows = new ArrayList<>();
    for (CudaBackend.Listed device : CudaBackend.devices()) {
      boolean usable = device.availability().available();
      String detail =
          usable
              ? "driver for CUDA "
                  + device.driver()
                  + "; memory "
                  + mebibytes(device.limits().memory())
                  + "; "
                  + device.multiprocessors()
                  + " multiprocessors"
              : device.availability().cause();
      String number = Integer.toString(device.number());
      rows.add(List.of("cuda", number, usable ? "yes" : "no", device.words() + "; " + detail));
    }
    return rows;
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
