package org.raphe.cli;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.ReplacedFile;
import org.raphe.RunException;
import org.raphe.result.RecordFile;
import org.raphe.result.RunResult;

/**
 * The folder of a run: {@code settings.yaml}, {@code metrics.csv}, {@code checkpoint.safetensors}
 * while training, and at the end {@code model.safetensors} and {@code result.json}. A folder that
 * holds something else, or a finished run, is never written to.
 */
final class RunFolder {
  static final String RESULT = "result.json";
  static final String MODEL = "model.safetensors";
  static final String CHECKPOINT = "checkpoint.safetensors";
  private static final String METRICS = "metrics.csv";
  private static final String LEVELS = "levels.csv";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /** A folder name of its own below {@code runs}. */
  static Path nameFor(String what) {
    return Path.of("runs", what + "-" + LocalDateTime.now().format(STAMP));
  }

  /**
   * Begins a new run.
   *
   * @throws InputException if the folder is not empty or cannot be made
   */
  static RunFolder begin(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new InputException(
          "cannot make the run folder " + path + ": " + IoFailure.reason(e), e);
    }
    try (Stream<Path> entries = Files.list(path)) {
      // Settings alone are left by a run that ended before its first checkpoint.
      if (entries.anyMatch(entry -> !entry.endsWith(ConfigFile.SETTINGS))) {
        throw new InputException(
            path
                + " is not empty and is left as it is; choose another --out, or --resume to continue the run in it");
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot list the run folder " + path + ": " + IoFailure.reason(e), e);
    }
    if (!Files.isWritable(path)) {
      throw new InputException("cannot write to the run folder " + path + "; choose another --out");
    }
    return new RunFolder(path);
  }

  /**
   * Continues the run of a folder.
   *
   * @throws InputException if it holds no checkpoint, or is finished
   */
  static RunFolder resume(Path path) {
    if (Files.exists(path.resolve(RESULT))) {
      throw new InputException(path + " holds a finished run; there is nothing to resume");
    }
    if (!Files.isReadable(path.resolve(CHECKPOINT))) {
      throw new InputException(
          "nothing to resume: there is no readable " + path.resolve(CHECKPOINT));
    }
    return new RunFolder(path);
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

  void writeSettings(Map<String, Object> settings) {
    ReplacedFile.write(
        folder.resolve(ConfigFile.SETTINGS),
        file -> new YAMLMapper().writeValue(file.toFile(), settings));
  }

  /** One row an epoch; the whole file is replaced. */
  void writeMetrics(List<String> rows) {
    ReplacedFile.write(folder.resolve(METRICS), file -> Files.write(file, rows));
  }

  /** A row a batch of the levels of modulators. */
  void writeLevels(List<String> rows) {
    ReplacedFile.write(folder.resolve(LEVELS), file -> Files.write(file, rows));
  }

  void writeResult(RunResult result) {
    RecordFile.write(folder.resolve(RESULT), result);
  }

  /** The run is finished: its result stands, and the checkpoint is needed no more. */
  void removeCheckpoint() {
    try {
      Files.deleteIfExists(checkpoint());
    } catch (IOException e) {
      throw new RunException("cannot remove " + checkpoint() + ": " + IoFailure.reason(e), e);
    }
  }
}
