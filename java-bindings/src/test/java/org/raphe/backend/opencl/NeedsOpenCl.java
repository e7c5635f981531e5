package org.raphe.backend.opencl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.raphe.backend.Availability;

/**
 * Tests that run on an OpenCL device. Without one they are skipped and say why; with the
 * environment variable {@code RAPHE_REQUIRE_OPENCL=1} they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsOpenCl.Device.class)
@interface NeedsOpenCl {

  /** The device that is tested: the first one that keeps the numeric contract. */
  final class Device implements BeforeAllCallback {
    private static final String REQUIRED = "RAPHE_REQUIRE_OPENCL";

    /** Its number; only where there is one. */
    static int number() {
      return usable().number();
    }

    /** Whether it measures squared errors. */
    static boolean hasDoubles() {
      return OpenClPlatforms.devices().get(number()).doubles;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      Availability here = availability();
      if (here.available()) {
        return;
      }
      System.out.println(context.getDisplayName() + " is skipped: " + here.cause());
      if ("1".equals(System.getenv(REQUIRED))) {
        Assertions.fail(REQUIRED + "=1, but " + here.cause());
      }
      Assumptions.abort(here.cause());
    }

    private static Availability availability() {
      Availability any = OpenClBackend.anyDevice();
      return any.available() && usable() == null
          ? OpenClBackend.devices().get(0).availability()
          : any;
    }

    private static OpenClBackend.Listed usable() {
      return OpenClBackend.devices().stream()
          .filter(device -> device.availability().available())
          .findFirst()
          .orElse(null);
    }
  }
}
