package org.raphe.cli.verify;

import java.util.function.Supplier;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.DeviceBackend;
import org.raphe.data.Dataset;

/**
 * What is verified, and how thoroughly. Every check opens the backend anew, so that one that broke
 * it leaves the next unharmed.
 *
 * @param opener opens the backend that is verified; each check closes what it opened
 * @param scope how much is done
 * @param mnist what is learned from
 */
public record Task(Supplier<Backend> opener, Scope scope, Dataset mnist) {

  Backend open() {
    return opener.get();
  }

  /**
   * What a backend is compared with: a device with the CPU backend at its fastest, and that with
   * its plain loops on one thread. The caller closes it.
   */
  static Backend referenceFor(Backend verified) {
    return verified instanceof DeviceBackend
        ? new CpuBackend(Runtime.getRuntime().availableProcessors(), KernelChoice.best())
        : new CpuBackend(1, KernelChoice.named("plain"));
  }

  /** The same in words. */
  static String referenceWords(Backend verified) {
    return verified instanceof DeviceBackend
        ? "the CPU backend"
        : "the CPU backend's plain loops on one thread";
  }
}
