package org.raphe.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;

/**
 * Keeps a folder for one process, by a lock on a file in it. The system gives it back when the
 * process ends, in whatever way.
 */
final class FolderLock implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  /**
   * Files locked by this process. Where a process closes any channel of a file, the system gives
   * back its locks of it: none may be opened a second time.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file in a folder that is there; made if it is not
   * @param patience how long to wait for another that holds it
   * @return null if another holds it still
   * @throws InputException if the file cannot be made or locked
   */
  static FolderLock take(Path file, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      FolderLock taken = tryOnce(file.toAbsolutePath().normalize());
      if (taken != null || System.nanoTime() - until >= 0) {
        return taken;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
  }

  private static FolderLock tryOnce(Path file) {
    if (!HELD.add(file)) {
      return null;
    }
    FolderLock taken = null;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        taken = new FolderLock(file, channel);
      } else {
        channel.close();
      }
      return taken;
    } catch (IOException e) {
      throw new InputException("cannot lock " + file + ": " + IoFailure.reason(e), e);
    } finally {
      if (taken == null) {
        HELD.remove(file);
      }
    }
  }

  /**
   * Removes the file, for a folder that nobody is given any more: one who has it open already gets
   * a lock that keeps nothing.
   */
  void removeFile() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new RunException("cannot unlock " + file + ": " + IoFailure.reason(e), e);
    } finally {
      HELD.remove(file);
    }
  }
}
