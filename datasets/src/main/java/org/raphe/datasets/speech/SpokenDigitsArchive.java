package org.raphe.datasets.speech;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.raphe.RunException;
import org.raphe.Sha256;

/**
 * The bundled corpus of synthetic voices: an archive of NIST SPHERE files, packed by shorten and
 * laid out as TIDIGITS. {@code datasets/spoken-digits/make} makes it.
 */
final class SpokenDigitsArchive {
  /** Of the archive. */
  static final String SHA256 = "7e0ee02f5ea180b6a9eb39c75d1dc6dad031bc1f41ae24d857fb4aa8de5d8b46";

  private static final String NAME = "spoken-digits";
  private static final String RESOURCE = NAME + ".zip";
  private static final int MAX_BYTES = 8_000_000;

  private SpokenDigitsArchive() {}

  /** All recordings of the bundled corpus. */
  static List<CorpusFile> bundled() {
    byte[] archive;
    try (InputStream in = SpokenDigitsArchive.class.getResourceAsStream(RESOURCE)) {
      archive = in == null ? new byte[0] : in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new RunException("cannot read " + RESOURCE + ": " + e.getMessage(), e);
    }
    String found = Sha256.of(archive);
    if (!found.equals(SHA256)) {
      throw new RunException(
          "cannot read "
              + RESOURCE
              + ": expected SHA-256 "
              + SHA256
              + ", found "
              + found
              + "; build Raphe again");
    }
    return files(archive);
  }

  static List<CorpusFile> files(byte[] archive) {
    List<CorpusFile> files = new ArrayList<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = zip.readAllBytes();
        files.add(new CorpusFile(entry.getName(), NAME + "/" + entry.getName(), () -> content));
      }
      return files;
    } catch (IOException e) {
      throw new RunException("cannot unpack " + RESOURCE + ": " + e.getMessage(), e);
    }
  }

  /**
   * An archive of recordings, the same bytes for the same recordings.
   *
   * @param recordings RIFF WAV files laid out as TIDIGITS
   */
  static byte[] pack(List<CorpusFile> recordings) throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(archive)) {
      for (CorpusFile file : recordings) {
        ZipEntry entry = new ZipEntry(file.below());
        entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(sphere(file));
        zip.closeEntry();
      }
    }
    return archive.toByteArray();
  }

  private static byte[] sphere(CorpusFile file) throws IOException {
    String[] names = file.below().split("/");
    String digits = names[names.length - 1].replaceFirst("[ab]\\.wav$", "");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("database_id", NAME);
    fields.put("speaker_id", names[names.length - 2]);
    fields.put("prompt_code", digits);
    return SphereWriter.file(WavReader.read(file.source(), file.content().read()), fields);
  }

  /**
   * Packs a folder of RIFF WAV files into an archive and prints its digest.
   *
   * @param arguments the folder, and the archive to write
   */
  public static void main(String[] arguments) throws IOException {
    byte[] archive = pack(CorpusFolder.files(NAME, Path.of(arguments[0])));
    Files.write(Path.of(arguments[1]), archive);
    System.out.printf(
        Locale.ROOT,
        "%s: %d bytes, SHA-256 %s%n",
        arguments[1],
        archive.length,
        Sha256.of(archive));
  }
}
