package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of the command line within the test's process.
 *
 * @param status exit status
 * @param out what it wrote to the standard output
 * @param err what it wrote to the standard error
 */
record Invocation(int status, String out, String err) {

  static Invocation of(List<String> arguments) {
    return of(arguments.toArray(String[]::new));
  }

  static Invocation of(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    int status;
    try {
      status = Raphe.execute(arguments);
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
    return new Invocation(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Invocation assertDone() {
    assertEquals(Raphe.DONE, status, () -> err + out);
    return this;
  }

  /** Asserts the status, one line from Raphe with all of these parts, and no stack trace. */
  Invocation assertFails(int expected, String... parts) {
    assertEquals(expected, status, err);
    List<String> lines = err.lines().filter(line -> line.startsWith("raphe: ")).toList();
    assertEquals(1, lines.size(), err);
    assertFalse(err.contains("\tat "), err);
    assertFalse(err.contains("unexpected failure"), err);
    long others =
        err.lines()
            .filter(line -> !line.startsWith("raphe: "))
            .filter(line -> !line.startsWith("Try 'raphe "))
            .filter(line -> !line.startsWith("Possible solutions: "))
            .filter(line -> !line.startsWith("WARN ") && !line.startsWith("WARNING: "))
            .filter(line -> !line.matches("(data|network|backend|folder): .*|epoch .*"))
            .count();
    assertEquals(0, others, err);
    for (String part : parts) {
      assertTrue(lines.get(0).contains(part), part + " is not in: " + lines.get(0));
    }
    return this;
  }
}
