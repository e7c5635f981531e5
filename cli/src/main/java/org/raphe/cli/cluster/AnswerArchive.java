package org.raphe.cli.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.cli.cluster.ClusterAnswer.End;
import org.raphe.cli.cluster.ClusterAnswer.Header;
import org.raphe.result.RecordFile;

/**
 * An answer as it travels: a zip archive with a header, the log and the files of the run, each of
 * which has a name that a run's files have, and all of which are bounded.
 */
public final class AnswerArchive {
  /** Most bytes of a run's files together, 512 MiB: they are held in memory at both ends. */
  public static final long MOST_BYTES = 512L << 20;

  /** Most characters of a log that are kept. */
  public static final int MOST_OF_LOG = 64 << 10;

  private static final String HEADER = "answer.json";
  private static final String LOG = "log.txt";
  private static final String RUN = "run/";

  private AnswerArchive() {}

  /** An answer without files. */
  public static byte[] of(Header header, String log) {
    return write(header, log, Map.of());
  }

  /**
   * An answer with the files of a run's folder.
   *
   * @param names those that may lie in it
   * @throws InputException if the folder holds others, or more than {@link #MOST_BYTES}
   */
  public static byte[] of(Header header, String log, Path folder, List<String> names) {
    try (var entries = Files.list(folder)) {
      Map<String, Path> found = new LinkedHashMap<>();
      long bytes = 0;
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (!names.contains(name)) {
          throw new InputException("the run left " + name + ", which no run leaves");
        }
        found.put(name, entry);
        bytes += Files.size(entry);
      }
      if (bytes > MOST_BYTES) {
        throw new InputException(
            "the run left "
                + (bytes >> 20)
                + " MiB, and at most "
                + (MOST_BYTES >> 20)
                + " come back from a cluster; make it with a local sweep");
      }
      return write(header, log, found);
    } catch (IOException e) {
      throw new RunException(
          "cannot read the run's folder " + folder + ": " + IoFailure.reason(e), e);
    }
  }

  private static byte[] write(Header header, String log, Map<String, Path> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      // Weights hardly get smaller.
      zip.setLevel(Deflater.BEST_SPEED);
      put(zip, HEADER, RecordFile.bytes(header));
      put(zip, LOG, log.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, Path> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(RUN + file.getKey()));
        Files.copy(file.getValue(), zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new RunException("cannot pack the run's files: " + IoFailure.reason(e), e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  /**
   * The answer that came.
   *
   * @param names that files of a run have
   * @throws InputException if it is none, a file has another name or stands twice, or they are
   *     larger than {@link #MOST_BYTES}
   */
  public static ClusterAnswer read(byte[] bytes, List<String> names) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    long left = MOST_BYTES;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        boolean known =
            name.equals(HEADER)
                || name.equals(LOG)
                || (name.startsWith(RUN) && names.contains(name.substring(RUN.length())));
        if (!known) {
          throw new InputException("a worker's answer holds a file that no run leaves");
        }
        byte[] content = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
        left -= content.length;
        if (left < 0) {
          throw new InputException(
              "a worker's answer is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        if (parts.put(name, content) != null) {
          throw new InputException("a worker's answer holds " + name + " twice");
        }
      }
    } catch (IOException e) {
      throw new InputException("a worker's answer is broken: " + IoFailure.reason(e), e);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new InputException("a worker's answer is broken: " + e.getMessage(), e);
    }
    return answer(parts);
  }

  private static ClusterAnswer answer(Map<String, byte[]> parts) {
    byte[] first = parts.remove(HEADER);
    byte[] log = parts.remove(LOG);
    if (first == null || log == null) {
      throw new InputException("a worker's answer is broken: it lacks a part");
    }
    Header header = RecordFile.of("a worker's answer", first, Header.class);
    if (header.end() == null
        || header.host() == null
        || (header.reason() == null) != (header.end() == End.DONE)) {
      throw new InputException("a worker's answer is broken: it does not say how the run ended");
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    parts.forEach((name, content) -> files.put(name.substring(RUN.length()), content));
    return new ClusterAnswer(header, new String(log, StandardCharsets.UTF_8), files);
  }
}
