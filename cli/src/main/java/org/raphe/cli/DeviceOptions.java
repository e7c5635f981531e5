package org.raphe.cli;

import org.raphe.InputException;
import picocli.CommandLine.Option;

/** Which of a backend's devices runs, and whether each launch is waited for. */
@OptionGroup.Of(OptionGroup.BACKEND)
final class DeviceOptions {
  @Option(
      names = "--device",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Number of the backend's device, as raphe devices lists it. Default: ${DEFAULT-VALUE}.")
  int number;

  @Option(
      names = "--sync",
      description =
          "Wait for each launch of the CUDA backend, so that a failure names its kernel; slower, and raphe verify times no kernel then.")
  boolean synchronous;

  /**
   * Checks that {@code --sync} has a backend that it is for.
   *
   * @param cuda whether CUDA is among the backends asked for
   * @param asked what was asked for, in words
   */
  void refuseSyncWithout(boolean cuda, String asked) {
    if (synchronous && !cuda) {
      throw new InputException("--sync is for the CUDA backend, not " + asked);
    }
  }

  /** Checks that no other device than the CPU's one is asked for. */
  void refuseOnCpu() {
    if (number != 0) {
      throw new InputException("the CPU backend has device 0 only, not " + number);
    }
  }
}
