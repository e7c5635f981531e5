package org.raphe.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.Dataset;
import org.raphe.network.InputShape;

/** The user's own samples: a folder of images, a {@code .csv} or an {@code .npz} file. */
final class OwnFiles {
  /** Largest file, in bytes: 1 GiB. */
  private static final long MAX_BYTES = 1L << 30;

  private OwnFiles() {}

  /**
   * Whether a data set's name is a path rather than a name of the catalogue: by how it is written,
   * or since something is there under a name that the catalogue does not know.
   */
  static boolean isPath(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.contains("/")
        || name.contains("\\")
        || name.equals(".")
        || name.equals("..")
        || lower.endsWith(".csv")
        || lower.endsWith(".npz")
        || (!DatasetCatalog.names().contains(lower) && isThere(name));
  }

  private static boolean isThere(String name) {
    try {
      return !name.isBlank() && Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Loads what lies at a path.
   *
   * @throws InputException if there is nothing usable
   */
  static Dataset load(Path path, DatasetOptions options) {
    if (Files.isDirectory(path)) {
      return ImageFolder.read(path, options.images());
    }
    String name = checkedName(path);
    if (name.endsWith(".csv")) {
      return CsvFile.read(path, options.table());
    }
    if (name.endsWith(".npz")) {
      return NpzFile.read(path);
    }
    throw new InputException(
        "cannot read the data set "
            + path
            + ": its name ends neither in .csv nor in .npz; give one of these or a folder of images");
  }

  /**
   * Loads what lies at a path to be shown to a model.
   *
   * @throws InputException if there is nothing usable
   */
  static SamplesToPredict toPredict(Path path, InputShape input, DatasetOptions options) {
    if (Files.isDirectory(path)) {
      return ImageFolder.toPredict(path, options.images());
    }
    String name = checkedName(path);
    if (name.endsWith(".csv")) {
      return CsvFile.toPredict(path, options.table(), input.size());
    }
    return name.endsWith(".npz")
        ? NpzFile.toPredict(path)
        : ImageFolder.oneToPredict(path, options.images());
  }

  /** The name in lower case of a file that may be read. */
  private static String checkedName(Path path) {
    // Only regular files: opening a pipe would wait for ever.
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          "cannot read the data set "
              + path
              + ": "
              + (Files.exists(path) ? "not a file or folder" : "no such file or folder"));
    }
    requireSize(path);
    return path.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static void requireSize(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new InputException(
            "cannot read " + path + ": it is larger than 1 GiB; give fewer samples");
      }
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + IoFailure.reason(e), e);
    }
  }
}
