package org.raphe.backend.device;

import org.raphe.InputException;

/**
 * Fails a chosen native call on purpose, to rehearse what a lost device or a refused allocation
 * does to a run. Never active unless asked for with {@code -Draphe.device.fault=CALL:NTH:STATUS}.
 */
public final class FaultPlan {
  /**
   * The system property: name of the call, which of its calls fails (from 1), status it returns.
   */
  public static final String PROPERTY = "raphe.device.fault";

  private final String call;
  private final long which;
  private final int status;
  private long seen;

  private FaultPlan(String call, long which, int status) {
    this.call = call;
    this.which = which;
    this.status = status;
  }

  /** No fault. */
  public static FaultPlan none() {
    return new FaultPlan("", 0, 0);
  }

  /** The plan of the system property; none if it is not set. */
  public static FaultPlan ofProperty() {
    String text = System.getProperty(PROPERTY);
    return text == null ? none() : parse(text);
  }

  /**
   * A plan such as {@code clEnqueueNDRangeKernel:40:-5}.
   *
   * @throws InputException if it is not of that form
   */
  public static FaultPlan parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 3) {
        return new FaultPlan(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
      }
    } catch (NumberFormatException e) {
      throw malformed(text, e);
    }
    throw malformed(text, null);
  }

  private static InputException malformed(String text, NumberFormatException cause) {
    return new InputException(
        "-D" + PROPERTY + " is \"" + text + "\"; it has the form CALL:NTH:STATUS", cause);
  }

  /** Whether this call of {@code name} fails in place of being made; counts the call. */
  public boolean strikes(String name) {
    return name.equals(call) && ++seen == which;
  }

  /** The status that the failed call returns. */
  public int status() {
    return status;
  }
}
