package org.raphe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that whoever reads it finds the old content or the new, never a part. */
public final class ReplacedFile {
  /** Ends the name of what is written beside; where a process is killed, it may be left. */
  public static final String PART = ".part";

  /** What fills the file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path path) throws IOException;
  }

  private ReplacedFile() {}

  /**
   * Writes beside {@code path}, then renames.
   *
   * @throws RunException if writing fails; what was at {@code path} is left as it was
   */
  public static void write(Path path, Content content) {
    Path beside = path.resolveSibling(path.getFileName() + PART);
    try {
      content.writeTo(beside);
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      RunException failure =
          new RunException(
              "cannot write "
                  + path
                  + ": "
                  + (e instanceof NoSuchFileException ? "no such folder" : IoFailure.reason(e))
                  + "; free space or choose another folder",
              e);
      try {
        Files.deleteIfExists(beside);
      } catch (IOException left) {
        failure.addSuppressed(left);
      }
      throw failure;
    }
  }
}
