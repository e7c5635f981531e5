package org.raphe;

/**
 * A run that began properly failed: a device was lost, a disk is full. The message is one line that
 * says what was tried, why it failed and what to do; the command line ends with status 1.
 */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunException(String message) {
    super(MessageLine.of(message));
  }

  public RunException(String message, Throwable cause) {
    super(MessageLine.of(message), cause);
  }
}
