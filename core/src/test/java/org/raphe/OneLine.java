package org.raphe;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What a failure must say. */
public final class OneLine {
  private OneLine() {}

  /** Asserts an exception of this class, of one line that holds all of these parts. */
  public static void assertFails(
      Class<? extends RuntimeException> type, Executable executable, String... parts) {
    RuntimeException thrown = assertThrows(RuntimeException.class, executable);
    assertTrue(type.isInstance(thrown), thrown.toString());
    assertTrue(thrown.getMessage().matches("\\P{Cntrl}{1,1200}"), thrown.getMessage());
    for (String part : parts) {
      assertTrue(thrown.getMessage().contains(part), part + " is not in: " + thrown.getMessage());
    }
  }
}
