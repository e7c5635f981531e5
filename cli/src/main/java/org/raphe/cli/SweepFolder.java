package org.raphe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.ReplacedFile;
import org.raphe.result.RecordFile;
import org.raphe.result.RunResult;
import org.raphe.result.SweepPlan;

/**
 * The folder of a sweep: {@code sweep.json}, which names its runs, their logs, and a folder a run.
 * A sweep may go on in it with the same runs or others; what is not of a sweep is never written to.
 */
final class SweepFolder {
  static final String LOGS = "logs";

  /** The names of the runs, so that the report can name the missing ones. */
  private static final String PLAN = "sweep.json";

  private static final String LOCK = "sweep.lock";

  private final Path folder;

  SweepFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Checks that a sweep may work here, and that no run's name is taken by anything but a run.
   *
   * @throws InputException if not
   */
  void check(List<String> names) {
    if (Files.notExists(folder)) {
      return;
    }
    Path plan = folder.resolve(PLAN);
    if (Files.exists(plan)) {
      if (!"sweep".equals(RecordFile.read(plan, SweepPlan.class).command())) {
        throw new InputException(plan + " is not of a sweep; choose another --out");
      }
    } else if (holdsMore(folder, SweepFolder::isLeftByNoSweep)) {
      throw new InputException(
          folder + " is not empty and holds no sweep; it is left as it is, choose another --out");
    }
    for (String name : names) {
      Path run = folder.resolve(name);
      boolean of =
          Stream.of(ConfigFile.SETTINGS, RunFolder.RESULT)
              .anyMatch(file -> Files.exists(run.resolve(file)));
      if (Files.exists(run) && !of && holdsMore(run, RunFolder::isLeftByNoRun)) {
        throw new InputException(
            run + " is not empty and holds no run; it is left as it is, choose another --out");
      }
    }
  }

  /** What one leaves that was killed before its plan was written. */
  private static boolean isLeftByNoSweep(Path entry) {
    return entry.endsWith(LOGS) || entry.endsWith(PLAN + ReplacedFile.PART);
  }

  /** Whether a folder, if it is one, holds an entry of another kind. */
  private static boolean holdsMore(Path folder, Predicate<Path> kind) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(kind.negate());
    } catch (IOException e) {
      throw new InputException("cannot list the folder " + folder + ": " + IoFailure.reason(e), e);
    }
  }

  /**
   * Takes the folder and writes down which runs are to be made.
   *
   * @return the lock that keeps it; the caller closes it
   * @throws InputException if another sweep works in it, or it cannot be made
   */
  FolderLock begin(List<String> names) {
    try {
      Files.createDirectories(folder.resolve(LOGS));
    } catch (IOException e) {
      throw new InputException("cannot make the folder " + folder + ": " + IoFailure.reason(e), e);
    }
    FolderLock lock = FolderLock.take(folder.resolve(LOGS).resolve(LOCK), Duration.ZERO);
    if (lock == null) {
      throw new InputException(
          "another sweep works in " + folder + " just now; wait for it, or choose another --out");
    }
    try {
      check(names);
      RecordFile.write(folder.resolve(PLAN), new SweepPlan(RunResult.FORMAT, "sweep", names));
      return lock;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }
}
