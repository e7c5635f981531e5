package org.raphe;

/**
 * What the user gave cannot be used: a command line, a file, a data set or a checkpoint. The
 * message is one line that says what was tried, why it failed and what to do; the command line ends
 * with status 2.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(MessageLine.of(message));
  }

  public InputException(String message, Throwable cause) {
    super(MessageLine.of(message), cause);
  }
}
