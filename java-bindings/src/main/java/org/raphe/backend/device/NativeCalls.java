package org.raphe.backend.device;

import java.util.function.IntSupplier;
import org.raphe.RunException;

/**
 * Makes the native calls of one device and checks each: a failure names call, subject and device,
 * and says what to do.
 */
public abstract class NativeCalls {
  private static final int SUCCESS = 0;

  private final String device;
  private final FaultPlan faults;

  protected NativeCalls(String device, FaultPlan faults) {
    this.device = device;
    this.faults = faults;
  }

  /** The name of the programming interface. */
  protected abstract String programmingInterface();

  /** A status in words, such as {@code CL_OUT_OF_RESOURCES (-5)}. */
  protected abstract String name(int status);

  /** What a user can do about a status. */
  protected abstract String remedy(int status);

  /**
   * Makes a call that returns its status.
   *
   * @param about what it is made for
   * @throws RunException if it fails
   */
  public final void run(String call, String about, IntSupplier made) {
    int status = faults.strikes(call) ? faults.status() : made.getAsInt();
    if (status != SUCCESS) {
      throw failure(call, about, status);
    }
  }

  /** Whether a call is to fail on purpose; the status is {@link #plannedStatus}. */
  protected final boolean strikes(String call) {
    return faults.strikes(call);
  }

  protected final int plannedStatus() {
    return faults.status();
  }

  /** The failure of a call, in one line. */
  public final RunException failure(String call, String about, int status) {
    return new RunException(
        programmingInterface()
            + " call "
            + call
            + " ("
            + about
            + ") failed on "
            + device
            + ": "
            + name(status)
            + "; "
            + remedy(status));
  }
}
