package org.raphe.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** What a failure or a warning must say. */
public final class Failures {
  private Failures() {}

  /**
   * Asserts an exception of exactly this class, whose message is one line with all of these parts.
   */
  public static void assertFails(
      Class<? extends RuntimeException> type, Executable executable, String... parts) {
    RuntimeException thrown = assertThrows(RuntimeException.class, executable);
    assertEquals(type, thrown.getClass(), thrown.toString());
    assertTrue(thrown.getMessage().lines().count() == 1, thrown.getMessage());
    for (String part : parts) {
      assertTrue(thrown.getMessage().contains(part), part + " is not in: " + thrown.getMessage());
    }
  }

  /** What is written to the standard error stream, where log lines go, meanwhile. */
  public static String errorOutput(Executable executable) throws Throwable {
    var captured = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      executable.execute();
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }
}
