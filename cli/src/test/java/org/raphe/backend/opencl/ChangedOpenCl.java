package org.raphe.backend.opencl;

import java.util.function.UnaryOperator;
import org.raphe.backend.device.FaultPlan;

/** An OpenCL device whose kernels are changed before they are compiled. */
public final class ChangedOpenCl {
  private ChangedOpenCl() {}

  /** Opens it; the caller closes it. */
  public static OpenClBackend open(int number, UnaryOperator<String> sources) {
    return new OpenClBackend(number, null, FaultPlan.none(), sources);
  }
}
