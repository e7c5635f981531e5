package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WrappedWriterTest {
  private static final String LINE =
      "network: 784-1000-10 lif, 20 steps; rule naca, adam 0.001, read-out 0.003 linear; seed 1";

  @Test
  void linesAreBrokenBetweenWords() {
    StringWriter target = new StringWriter();
    WrappedWriter writer = new WrappedWriter(target, 60);
    writer.println(LINE);
    writer.println("folder: runs/one");
    writer.flush();
    assertEquals(
        """
        network: 784-1000-10 lif, 20 steps; rule naca, adam 0.001,
          read-out 0.003 linear; seed 1
        folder: runs/one
        """,
        target.toString().replace(System.lineSeparator(), "\n"));
  }

  /** A path is copied from the terminal as one word, even where it is longer than a line. */
  @Test
  void noWordIsBrokenAndNoneIsLost() {
    for (int width = 1; width <= 100; width++) {
      String wrapped = WrappedWriter.wrapped(LINE, width);
      assertEquals(LINE, wrapped.replaceAll("\\R *", " "));
      for (String line : wrapped.split("\\R")) {
        assertTrue(line.length() <= width || !line.strip().contains(" "), line);
      }
    }
  }
}
