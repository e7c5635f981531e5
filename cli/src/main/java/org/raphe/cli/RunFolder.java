package org.raphe.cli;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.ReplacedFile;
import org.raphe.RunException;
import org.raphe.result.RecordFile;
import org.raphe.result.RunId;
import org.raphe.result.RunResult;
import org.raphe.training.OtherRunException;

/**
 * The folder of a run: {@code settings.yaml}, {@code metrics.csv}, {@code checkpoint.safetensors}
 * while training, and at the end {@code model.safetensors} and {@code result.json}. A folder that
 * holds something else, or a finished run, is never written to.
 *
 * <p>While a run works in it, it is locked, and another is refused. The file of the lock goes when
 * the run is finished, since nobody is given the folder from then on.
 */
final class RunFolder implements AutoCloseable {
  static final String RESULT = "result.json";
  static final String MODEL = "model.safetensors";
  static final String CHECKPOINT = "checkpoint.safetensors";
  static final String METRICS = "metrics.csv";
  static final String LEVELS = "levels.csv";
  static final String LOCK = "run.lock";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Path folder;
  private final FolderLock lock;
  private final String runId;

  /** Whether a run had begun in it, and left a checkpoint, when it was opened. */
  private final boolean begunBefore;

  private final boolean hadCheckpoint;

  private RunFolder(Path folder, FolderLock lock, String runId) {
    this.folder = folder;
    this.lock = lock;
    this.runId = runId;
    begunBefore = isBegun(folder);
    hadCheckpoint = Files.exists(folder.resolve(CHECKPOINT));
  }

  /**
   * Opens the folder that a command names.
   *
   * @param resume whether its run is to go on
   * @param out null for a folder of its own below {@code runs}
   * @param name of such a folder, without the time
   */
  static RunFolder open(boolean resume, Path out, String name, String runId) {
    if (resume) {
      return resume(out, runId);
    }
    if (out == null) {
      return beginNew(name, runId);
    }
    return SweepChild.isOne() ? beginOrResume(out, runId, SweepChild.STOP) : begin(out, runId);
  }

  /**
   * Begins a new run in a folder of its own below {@code runs}, whose name has the time in it.
   *
   * @throws InputException if it cannot be made
   */
  static RunFolder beginNew(String what, String runId) {
    Path plain = Path.of("runs", what + "-" + LocalDateTime.now().format(STAMP));
    make(plain.getParent());
    for (int number = 1; ; number++) {
      Path path = number == 1 ? plain : Path.of(plain + "-" + number);
      try {
        // Of two that ask at the same time one makes it, and the other is told that it is there.
        Files.createDirectory(path);
        return begin(path, runId);
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (IOException e) {
        throw cannotMake(path, e);
      }
    }
  }

  /**
   * Begins a new run.
   *
   * @throws InputException if the folder is not empty, another run works in it or it cannot be made
   */
  static RunFolder begin(Path path, String runId) {
    make(path);
    requireEmpty(path);
    FolderLock lock = lock(path, Duration.ZERO);
    return orGiveBack(lock, () -> beginLocked(path, lock, runId));
  }

  private static RunFolder beginLocked(Path path, FolderLock lock, String runId) {
    // Another may have begun and ended in it since it was made.
    requireEmpty(path);
    return new RunFolder(path, lock, runId);
  }

  /**
   * Makes a folder for a model that no run here has trained.
   *
   * @return where the model goes
   * @throws InputException if the folder is not empty or cannot be made
   */
  static Path beginImported(Path path) {
    make(path);
    requireEmpty(path);
    return path.resolve(MODEL);
  }

  /**
   * Continues the run of a folder, from its checkpoint, or from the beginning where it ended before
   * its first.
   *
   * @throws InputException if it holds no run or is finished, if its run had other settings, or if
   *     another works in it
   */
  static RunFolder resume(Path path, String runId) {
    refuseFinished(path);
    if (!isBegun(path)) {
      throw new InputException(
          "nothing to resume in " + path + ": it holds no " + ConfigFile.SETTINGS);
    }
    FolderLock lock = lock(path, Duration.ZERO);
    return orGiveBack(lock, () -> resumeLocked(path, lock, runId));
  }

  private static RunFolder resumeLocked(Path path, FolderLock lock, String runId) {
    refuseFinished(path);
    RunFolder folder = new RunFolder(path, lock, runId);
    folder.requireSameSettings();
    return folder;
  }

  /**
   * Begins or continues a run.
   *
   * @param patience how long to wait for another that works in the folder, as one may that is just
   *     being stopped
   */
  static RunFolder beginOrResume(Path path, String runId, Duration patience) {
    make(path);
    FolderLock lock = lock(path, patience);
    return orGiveBack(
        lock,
        () -> isBegun(path) ? resumeLocked(path, lock, runId) : beginLocked(path, lock, runId));
  }

  /**
   * Whether a folder holds a finished run. If so, and the run was killed just after its result
   * stood, what it was about to remove goes now.
   */
  static boolean isFinished(Path path) {
    boolean finished = Files.exists(path.resolve(RESULT));
    if (finished) {
      remove(path.resolve(CHECKPOINT));
      remove(path.resolve(LOCK));
    }
    return finished;
  }

  private static void refuseFinished(Path path) {
    if (isFinished(path)) {
      throw new InputException(path + " holds a finished run; there is nothing to resume");
    }
  }

  private static boolean isBegun(Path path) {
    return Files.exists(path.resolve(ConfigFile.SETTINGS));
  }

  private static void make(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw cannotMake(path, e);
    }
  }

  private static InputException cannotMake(Path path, IOException e) {
    return new InputException("cannot make the run folder " + path + ": " + IoFailure.reason(e), e);
  }

  private static FolderLock lock(Path path, Duration patience) {
    if (!Files.isWritable(path)) {
      throw new InputException("cannot write to the run folder " + path + "; choose another --out");
    }
    FolderLock lock = FolderLock.take(path.resolve(LOCK), patience);
    if (lock == null) {
      throw new InputException(
          "another run works in " + path + " just now; wait for it, or choose another --out");
    }
    return lock;
  }

  /** What is opened under a lock; where that fails, the lock is given back. */
  private static RunFolder orGiveBack(FolderLock lock, Supplier<RunFolder> opened) {
    try {
      return opened.get();
    } catch (InputException | RunException e) {
      lock.close();
      throw e;
    }
  }

  private static void requireEmpty(Path path) {
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> others = entries.filter(entry -> !isLeftByNoRun(entry)).toList();
      if (!others.isEmpty()) {
        boolean unfinished = isBegun(path) && Files.notExists(path.resolve(RESULT));
        throw new InputException(
            path
                + " is not empty and is left as it is; choose another --out"
                + (unfinished ? ", or --resume to continue the run in it" : ""));
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot list the run folder " + path + ": " + IoFailure.reason(e), e);
    }
  }

  /** What one leaves that was killed before it had begun. */
  static boolean isLeftByNoRun(Path entry) {
    return entry.endsWith(LOCK) || entry.endsWith(ConfigFile.SETTINGS + ReplacedFile.PART);
  }

  /** A checkpoint knows more, and says so itself. */
  private void requireSameSettings() {
    String begun = RunId.ofSettings(folder.resolve(ConfigFile.SETTINGS));
    if (!hadCheckpoint && begun != null && !begun.equals(runId)) {
      throw new OtherRunException(
          "cannot resume "
              + folder
              + ": its run had other settings or other data; resume with the options it was started with");
    }
  }

  /** The id that all files of the run carry. */
  String runId() {
    return runId;
  }

  /** Whether it held a checkpoint when it was opened, from which its run goes on. */
  boolean hadCheckpoint() {
    return hadCheckpoint;
  }

  Path path() {
    return folder;
  }

  Path checkpoint() {
    return folder.resolve(CHECKPOINT);
  }

  Path model() {
    return folder.resolve(MODEL);
  }

  /** Writes what was typed, with the run's id, unless it stands there. */
  void writeSettings(Map<String, Object> settings) {
    Path written = folder.resolve(ConfigFile.SETTINGS);
    if (Files.exists(written) && runId.equals(RunId.ofSettings(written))) {
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put(RunId.KEY, runId);
    ReplacedFile.write(written, file -> new YAMLMapper().writeValue(file.toFile(), all));
  }

  /** The run failed before anything was learned: another may begin here. */
  void abandon() {
    if (!begunBefore) {
      for (String name : List.of(CHECKPOINT, METRICS, LEVELS, ConfigFile.SETTINGS)) {
        remove(folder.resolve(name));
      }
    }
  }

  /** One row an epoch; the whole file is replaced. */
  void writeMetrics(List<String> rows) {
    ReplacedFile.write(folder.resolve(METRICS), file -> Files.write(file, rows));
  }

  /** Levels of modulators over the run; the whole file is replaced. */
  void writeLevels(List<String> rows) {
    ReplacedFile.write(folder.resolve(LEVELS), file -> Files.write(file, rows));
  }

  void writeResult(RunResult result) {
    RecordFile.write(folder.resolve(RESULT), result);
  }

  /** The run is finished: its result stands, and the checkpoint is needed no more. */
  void removeCheckpoint() {
    remove(checkpoint());
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new RunException("cannot remove " + file + ": " + IoFailure.reason(e), e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      if (Files.exists(folder.resolve(RESULT))) {
        lock.removeFile();
      }
    } catch (IOException e) {
      throw new RunException(
          "cannot remove " + folder.resolve(LOCK) + ": " + IoFailure.reason(e), e);
    }
  }
}
