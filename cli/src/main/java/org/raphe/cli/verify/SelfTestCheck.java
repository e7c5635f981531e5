package org.raphe.cli.verify;

import java.util.Map;
import org.raphe.backend.Backend;
import org.raphe.backend.device.DeviceBackend;

/** The arithmetic of the device, which every opening of a device tests by a kernel of its own. */
final class SelfTestCheck implements Check {

  @Override
  public String name() {
    return "self-test";
  }

  @Override
  public Finding run(Task task) {
    try (Backend opened = task.open()) {
      long launches = ((DeviceBackend) opened).resources().launches();
      boolean ran = launches == 1;
      return Finding.of(
          ran,
          ran
              ? "denormal numbers, division, square root, no contraction, fma: as the contract asks"
              : "opening the device launched " + launches + " kernels, not the self-test alone",
          Map.of("launches", launches));
    }
  }
}
