package org.raphe.datasets.speech;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Small corpora for tests: half a second of a tone a file. */
final class CorpusFiles {
  private CorpusFiles() {}

  /** A RIFF WAV file below a folder. */
  static Path wav(Path folder, String name, double hertz) throws IOException {
    return write(folder.resolve(name), WavBytes.tone(hertz));
  }

  /** A SPHERE file as the discs have it. */
  static Path sphere(Path folder, String name, double hertz) throws IOException {
    return write(folder.resolve(name), sphere(hertz));
  }

  static byte[] sphere(double hertz) {
    return SphereWriter.file(
        WavReader.read("tone", WavBytes.tone(hertz)), Map.of("database_id", "TIDIGITS"));
  }

  static Path write(Path path, byte[] content) throws IOException {
    Files.createDirectories(path.getParent());
    return Files.write(path, content);
  }
}
