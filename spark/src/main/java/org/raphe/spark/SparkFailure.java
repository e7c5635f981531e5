package org.raphe.spark;

import java.util.regex.Pattern;
import org.raphe.InputException;
import org.raphe.RunException;

/** What Spark says when it gives up a task, in a line. */
final class SparkFailure {
  private static final String ABORTED = "Job aborted due to stage failure: ";

  /** What a worker's class loader says of classes that are not those of the driver. */
  private static final Pattern OTHER_CLASSES =
      Pattern.compile(
          "(?s).*(InvalidClassException|ClassNotFoundException|NoClassDefFoundError"
              + "|NoSuchMethodError|NoSuchFieldError|ClassCastException)\\b.*org[./]raphe[./].*");

  private SparkFailure() {}

  /**
   * The failure of a task as a sweep knows it.
   *
   * @param cause what the task's future failed with
   */
  static RuntimeException of(Throwable cause) {
    String whole = String.valueOf(cause.getMessage());
    if (OTHER_CLASSES.matcher(whole).matches()) {
      return new InputException(
          "a worker cannot make runs of this sweep: another version of Raphe stands on its class"
              + " path ("
              + firstLine(cause)
              + ")",
          cause);
    }
    return new RunException("Spark gave the run up: " + firstLine(cause), cause);
  }

  /** The first line of a message, without what Spark sets before each. */
  static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String line = message.lines().findFirst().orElse(failure.getClass().getSimpleName());
    return line.startsWith(ABORTED) ? line.substring(ABORTED.length()) : line;
  }
}
