package org.raphe.datasets.speech;

import java.io.IOException;

/** The content of a file that is read when it is needed. */
@FunctionalInterface
interface FileContent {
  /**
   * All bytes.
   *
   * @throws IOException if it cannot be read, or is larger than any recording that is read
   */
  byte[] read() throws IOException;
}
