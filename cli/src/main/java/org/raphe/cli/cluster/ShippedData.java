package org.raphe.cli.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;

/**
 * A data set's file or folder as an archive that travels to workers: its name is the archive's one
 * entry at the top, since a data set of the user's own is called by it. Links are not followed.
 */
public final class ShippedData {
  /** Most files of a data set. */
  static final int MOST_FILES = 1_000_000;

  /** Most bytes of a data set, 64 GiB. */
  static final long MOST_BYTES = 64L << 30;

  private ShippedData() {}

  /**
   * Writes the archive.
   *
   * @param data file or folder
   * @param archive what is written
   * @throws InputException if there is nothing that can be packed
   */
  public static void pack(Path data, Path archive) {
    Path whole = data.toAbsolutePath().normalize();
    try (Stream<Path> walked = Files.walk(whole);
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.setLevel(Deflater.BEST_SPEED);
      List<Path> files = walked.filter(path -> !Files.isDirectory(path)).sorted().toList();
      if (files.size() > MOST_FILES) {
        throw new InputException(data + " has more than " + MOST_FILES + " files");
      }
      for (Path file : files) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new InputException(
              "cannot ship " + file + ": it is not a plain file; give a folder of plain files");
        }
        Path name = whole.getParent().relativize(file);
        zip.putNextEntry(new ZipEntry(name.toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new InputException("cannot ship " + data + ": " + IoFailure.reason(e), e);
    }
  }

  /**
   * Unpacks the archive, unless that was done.
   *
   * @param archive what {@link #pack} wrote
   * @param folder where it is unpacked; made, and left whole or not at all
   * @return the data set's file or folder
   * @throws InputException if it is no such archive or is larger than a data set may be
   */
  public static Path unpacked(Path archive, Path folder) {
    synchronized (ShippedData.class) {
      try {
        if (Files.notExists(folder)) {
          Path part = folder.resolveSibling(folder.getFileName() + ".part");
          unpack(archive, part);
          Files.move(part, folder);
        }
        try (Stream<Path> top = Files.list(folder)) {
          List<Path> all = top.toList();
          if (all.size() != 1) {
            throw new InputException("the shipped data set has " + all.size() + " entries, not 1");
          }
          return all.get(0);
        }
      } catch (IOException e) {
        throw new RunException("cannot unpack the shipped data set: " + IoFailure.reason(e), e);
      }
    }
  }

  private static void unpack(Path archive, Path folder) throws IOException {
    long left = MOST_BYTES;
    int files = 0;
    Files.createDirectories(folder);
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder.normalize()) || file.equals(folder) || entry.isDirectory()) {
          throw new InputException("the shipped data set has a file outside its folder");
        }
        if (++files > MOST_FILES) {
          throw new InputException("the shipped data set has more than " + MOST_FILES + " files");
        }
        Files.createDirectories(file.getParent());
        left -= copy(zip, file, left);
      }
    }
  }

  private static long copy(InputStream from, Path file, long most) throws IOException {
    long copied = 0;
    byte[] buffer = new byte[1 << 16];
    try (var out = Files.newOutputStream(file)) {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        copied += read;
        if (copied > most) {
          throw new InputException(
              "the shipped data set is larger than " + (MOST_BYTES >> 30) + " GiB");
        }
        out.write(buffer, 0, read);
      }
    }
    return copied;
  }
}
