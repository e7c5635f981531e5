package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import org.raphe.backend.Availability;
import org.raphe.backend.opencl.OpenClBackend;

/**
 * The OpenCL device that tests run on. Without one a test is skipped and says why; with the
 * environment variable {@code RAPHE_REQUIRE_OPENCL=1} it fails.
 */
final class OpenClHere {
  private static final String REQUIRED = "RAPHE_REQUIRE_OPENCL";

  private OpenClHere() {}

  /** The first usable device; {@code test} is skipped where there is none. */
  static OpenClBackend.Listed device(Class<?> test) {
    Availability any = OpenClBackend.anyDevice();
    String cause = any.cause();
    for (OpenClBackend.Listed listed : OpenClBackend.devices()) {
      if (listed.availability().available()) {
        return listed;
      }
      cause = listed.words() + ": " + listed.availability().cause();
    }
    if ("1".equals(System.getenv(REQUIRED))) {
      return fail(REQUIRED + "=1, but " + cause);
    }
    System.out.println(test.getSimpleName() + " is skipped: " + cause);
    return abort(cause);
  }
}
