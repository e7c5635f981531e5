package org.raphe.datasets.speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.raphe.BoundedFile;
import org.raphe.InputException;
import org.raphe.IoFailure;

/** Finds the files of a corpus below a folder; symbolic links are followed. */
final class CorpusFolder {
  private static final int MAX_FILES = 100_000;

  /** Folders below the given one: discs have disc/corpus/set/kind/speaker/file. */
  private static final int MAX_DEPTH = 8;

  private CorpusFolder() {}

  /**
   * All files below a folder, in the order of their paths.
   *
   * @param corpus what messages call the corpus
   * @throws InputException if the folder, or one below it, cannot be read, if a link leads back
   *     into itself, or if there are implausibly many files
   */
  static List<CorpusFile> files(String corpus, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw refused(corpus, folder, "no such folder; give an existing one", null);
    }
    try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          walk.filter(path -> !Files.isDirectory(path)).limit(MAX_FILES + 1L).sorted().toList();
      if (files.size() > MAX_FILES) {
        throw refused(
            corpus,
            folder,
            "more than " + MAX_FILES + " files; give the folder of the recordings alone",
            null);
      }
      return files.stream().map(path -> file(folder, path)).toList();
    } catch (IOException e) {
      throw unreadable(corpus, folder, e);
    } catch (UncheckedIOException e) {
      throw unreadable(corpus, folder, e.getCause());
    }
  }

  private static CorpusFile file(Path folder, Path path) {
    return new CorpusFile(
        folder.relativize(path).toString().replace('\\', '/'),
        path.toString(),
        () -> BoundedFile.read(path, SphereReader.MAX_BYTES));
  }

  private static InputException unreadable(String corpus, Path folder, IOException e) {
    if (e instanceof FileSystemLoopException loop) {
      return refused(
          corpus,
          folder,
          "the symbolic link " + loop.getFile() + " leads back into itself; remove it",
          e);
    }
    String where = e instanceof FileSystemException known ? known.getFile() : folder.toString();
    return refused(
        corpus,
        folder,
        where
            + ": "
            + IoFailure.reason(e)
            + "; give yourself the right to read and enter the folder",
        e);
  }

  private static InputException refused(String corpus, Path folder, String why, IOException cause) {
    return new InputException("cannot read " + corpus + " from " + folder + ": " + why, cause);
  }
}
