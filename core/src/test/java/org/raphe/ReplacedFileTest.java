package org.raphe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.raphe.OneLine.assertFails;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void newContentTakesThePlaceOfTheOld() throws IOException {
    Path path = folder.resolve("f");
    ReplacedFile.write(path, file -> Files.writeString(file, "old"));
    ReplacedFile.write(
        path,
        file -> {
          assertEquals("old", Files.readString(path), "the old content stands until the rename");
          Files.writeString(file, "new");
        });
    assertEquals("new", Files.readString(path));
    assertEquals(List.of("f"), names());
  }

  @Test
  void oldContentStandsWhereWritingFails() throws IOException {
    Path path = Files.writeString(folder.resolve("f"), "old");
    assertFails(
        RunException.class,
        () ->
            ReplacedFile.write(
                path,
                file -> {
                  Files.writeString(file, "a part of the ne");
                  throw new IOException("No space left on device");
                }),
        path.toString(),
        "No space left on device");
    assertEquals("old", Files.readString(path));
    assertEquals(List.of("f"), names());
  }

  @Test
  void aDeviceThatIsFullFailsInOneLine() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    Path path = Files.writeString(folder.resolve("f"), "old");
    Files.createSymbolicLink(folder.resolve("f.part"), Path.of("/dev/full"));
    assertFails(
        RunException.class,
        () -> ReplacedFile.write(path, file -> Files.writeString(file, "new")),
        "No space left on device");
    assertEquals("old", Files.readString(path));
    assertTrue(Files.exists(Path.of("/dev/full")));
    assertEquals(List.of("f"), names());
  }

  @Test
  void reasonsAreWords() {
    Path path = folder.resolve("absent").resolve("f");
    assertFails(
        RunException.class,
        () -> ReplacedFile.write(path, file -> Files.writeString(file, "new")),
        "cannot write " + path + ": no such folder");
    assertFails(
        RunException.class,
        () ->
            ReplacedFile.write(
                path,
                file -> {
                  throw new AccessDeniedException(file.toString());
                }),
        "permission denied");
  }

  @Test
  void aFolderInThePlaceOfTheFileIsLeft() throws IOException {
    Path path = Files.createDirectories(folder.resolve("f"));
    Files.writeString(path.resolve("kept"), "kept");
    assertFails(
        RunException.class,
        () -> ReplacedFile.write(path, file -> Files.writeString(file, "new")),
        "cannot write " + path);
    assertEquals("kept", Files.readString(path.resolve("kept")));
    assertEquals(List.of("f"), names());
  }
}
