package org.raphe.cli.verify;

import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param outcome what came of it
 * @param measured what was measured, or why it did not pass, in one line
 * @param details further lines to print; may be empty
 * @param figures the same as numbers and texts, by name, for {@code verify.json}
 */
public record Finding(
    Outcome outcome, String measured, List<String> details, Map<String, Object> figures) {

  /** Passed or failed. */
  static Finding of(boolean passed, String measured, Map<String, Object> figures) {
    return new Finding(passed ? Outcome.PASSED : Outcome.FAILED, measured, List.of(), figures);
  }

  /** A failure of which nothing was measured. */
  static Finding failed(String why) {
    return of(false, why, Map.of());
  }
}
