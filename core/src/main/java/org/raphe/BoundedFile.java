package org.raphe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that anyone may have written, of any size. */
public final class BoundedFile {
  private BoundedFile() {}

  /**
   * The whole content of a file.
   *
   * @param most bytes that it may have
   * @throws IOException if it has more, is no plain file or cannot be read
   */
  public static byte[] read(Path file, int most) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is not a plain file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new IOException("it is larger than " + (most >> 20) + " MiB");
      }
      return content;
    }
  }
}
