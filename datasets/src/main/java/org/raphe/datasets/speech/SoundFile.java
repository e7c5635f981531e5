package org.raphe.datasets.speech;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.raphe.BoundedFile;
import org.raphe.InputException;
import org.raphe.IoFailure;

/**
 * Reads a file of sound by what it is, not by its name: files of TIDIGITS are SPHERE although they
 * end in {@code .wav}.
 */
public final class SoundFile {
  private SoundFile() {}

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read or is neither SPHERE nor RIFF WAV as {@link
   *     SphereReader} and {@link WavReader} take them
   */
  public static Sound read(Path path) {
    try {
      return read(path.toString(), BoundedFile.read(path, SphereReader.MAX_BYTES));
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + path + ": " + IoFailure.reason(e) + "; give a readable file of sound",
          e);
    }
  }

  /**
   * Reads a file from memory.
   *
   * @param source what messages call the file
   * @throws InputException as {@link #read(Path)}
   */
  public static Sound read(String source, byte[] file) {
    String start = new String(file, 0, Math.min(7, file.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("RIFF")) {
      WavRecording recording = WavReader.read(source, file);
      return new Sound(
          "RIFF WAV", recording.sampleRate(), new short[][] {recording.samples()}, false);
    }
    if (start.equals(SphereHeader.MAGIC.strip())) {
      return SphereReader.read(source, file);
    }
    throw new InputException(
        source
            + " begins with \""
            + SphereFault.printable(start)
            + "\", so it is neither NIST SPHERE nor RIFF WAV; give recordings of these forms");
  }
}
