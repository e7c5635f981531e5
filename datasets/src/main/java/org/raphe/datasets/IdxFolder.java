package org.raphe.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.raphe.InputException;

/**
 * A folder with the four IDX files of MNIST's form, each plain or gzip-compressed with {@code .gz}
 * after its name; where both are there the plain one is read.
 */
final class IdxFolder implements MnistFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Map<String, Path> paths = new HashMap<>();
  private final Map<String, MessageDigest> digests = new HashMap<>();

  /**
   * Finds the files; reads nothing yet.
   *
   * @throws InputException if the folder or a file in it is missing or not readable
   */
  IdxFolder(String dataset, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "cannot read "
              + dataset
              + " from "
              + folder
              + ": "
              + (Files.exists(folder) ? "not a folder" : "no such folder")
              + "; give the folder that holds "
              + String.join(", ", NAMES));
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new InputException(
          "cannot read "
              + dataset
              + " from "
              + folder
              + ": permission denied; give yourself the right to read and enter the folder");
    }
    find(dataset, folder);
  }

  private void find(String dataset, Path folder) {
    for (String name : NAMES) {
      for (String candidate : List.of(name, name + ".gz")) {
        // Only regular files: opening a pipe would wait for ever.
        if (Files.isRegularFile(folder.resolve(candidate))) {
          paths.putIfAbsent(name, folder.resolve(candidate));
        }
      }
    }
    List<String> missing = NAMES.stream().filter(name -> !paths.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "cannot read "
              + dataset
              + " from "
              + folder
              + ": missing "
              + String.join(", ", missing)
              + "; put the file(s) there, plain or with .gz after the name");
    }
  }

  @Override
  public String source(String file) {
    return paths.get(file).toString();
  }

  @Override
  public InputStream open(String file) throws IOException {
    Path path = paths.get(file);
    InputStream content = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
    if (path.toString().endsWith(".gz")) {
      content = gunzip(content);
    }
    MessageDigest digest = KnownFile.digest("SHA-256");
    digests.put(file, digest);
    return new DigestInputStream(content, digest);
  }

  private static InputStream gunzip(InputStream compressed) throws IOException {
    try {
      // Unpacks no further than is read, and the IDX header bounds what is read: no bomb.
      return new GZIPInputStream(compressed, BUFFER_BYTES);
    } catch (IOException e) {
      compressed.close();
      throw e;
    }
  }

  /** SHA-256, in hexadecimal, of each uncompressed file by name; complete once all are read. */
  Map<String, String> sha256() {
    Map<String, String> sums = new HashMap<>();
    digests.forEach((file, digest) -> sums.put(file, hex(digest)));
    return sums;
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
