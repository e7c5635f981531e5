package org.raphe.engine;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.raphe.backend.device.PrivateNatives;

/** What native code writes to this process's error stream, past Java. */
final class NativeErrors {
  private static final int ERRORS = 2;
  private static final int WRITE_ONLY = 1;

  private NativeErrors() {}

  /** Functions of the C library that move a stream to another file; negative where they fail. */
  interface Streams extends Library {
    /** A second number for an open file. */
    int dup(int file);

    /** Makes {@code to} a number for what {@code from} is. */
    int dup2(int from, int to);

    /** The number of a file. */
    int open(String path, int flags);

    /** Ends a number. */
    int close(int file);
  }

  /**
   * Runs {@code action} and returns what was written meanwhile, by native code and by Java alike.
   *
   * @throws IOException if no temporary file can be made, or the stream cannot be moved to it
   */
  static String during(Runnable action) throws IOException {
    // The first use of the binding unpacks and loads its own library.
    PrivateNatives.whileLoading(() -> Native.getNativeSize(long.class));
    Streams streams = Native.load("c", Streams.class);
    Path file = Files.createTempFile("raphe-engine", ".txt");
    try {
      int kept = valid(streams.dup(ERRORS));
      int written = valid(streams.open(file.toString(), WRITE_ONLY));
      try {
        valid(streams.dup2(written, ERRORS));
        action.run();
      } finally {
        streams.dup2(kept, ERRORS);
        streams.close(written);
        streams.close(kept);
      }
      return Files.readString(file);
    } finally {
      Files.delete(file);
    }
  }

  private static int valid(int number) throws IOException {
    if (number < 0) {
      throw new IOException("the error stream cannot be moved to a file");
    }
    return number;
  }
}
