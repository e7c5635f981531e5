package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every file of a folder, byte for byte. */
record FolderContent(Map<String, byte[]> files) {

  static FolderContent of(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return new FolderContent(files);
  }

  List<String> names() {
    return List.copyOf(files.keySet());
  }

  void assertUnchanged(Path folder) throws IOException {
    FolderContent now = of(folder);
    assertEquals(names(), now.names());
    files.forEach((name, content) -> assertArrayEquals(content, now.files().get(name), name));
  }
}
