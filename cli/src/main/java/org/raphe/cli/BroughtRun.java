package org.raphe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.ReplacedFile;
import org.raphe.RunException;
import org.raphe.result.ReadResult;

/** The files of a run that was made elsewhere, put into its folder. */
final class BroughtRun {
  /** Names of what a finished run leaves. */
  static final List<String> NAMES =
      List.of(
          ConfigFile.SETTINGS,
          RunFolder.METRICS,
          RunFolder.LEVELS,
          RunFolder.MODEL,
          RunFolder.RESULT);

  private static final String UNCHECKED = RunFolder.RESULT + ".brought";

  private BroughtRun() {}

  /**
   * Writes the files; the result last, when it was read, so that a run counts as finished only if
   * all of it stands.
   *
   * @param folder of the run; made if it is not there
   * @param files by name
   * @throws InputException if there is no result of a run among them
   * @throws RunException if they cannot be written, or another run works in the folder
   */
  static void put(Path folder, Map<String, byte[]> files) {
    if (!files.containsKey(RunFolder.RESULT) || !files.containsKey(ConfigFile.SETTINGS)) {
      throw new InputException("the worker sent no result");
    }
    try {
      Files.createDirectories(folder);
      try (FolderLock lock = FolderLock.take(folder.resolve(RunFolder.LOCK), Duration.ZERO)) {
        if (lock == null) {
          throw new RunException("another run works in " + folder + " just now");
        }
        write(folder, files);
      }
    } catch (IOException e) {
      throw new RunException("cannot write to " + folder + ": " + IoFailure.reason(e), e);
    }
    // What a run that was begun here before has left goes.
    RunFolder.isFinished(folder);
  }

  private static void write(Path folder, Map<String, byte[]> files) throws IOException {
    Path unchecked = folder.resolve(UNCHECKED);
    Files.write(unchecked, files.get(RunFolder.RESULT));
    try {
      ReadResult.of(unchecked);
    } finally {
      Files.delete(unchecked);
    }
    for (String name : NAMES) {
      byte[] content = files.get(name);
      if (content != null) {
        ReplacedFile.write(folder.resolve(name), path -> Files.write(path, content));
      }
    }
  }
}
