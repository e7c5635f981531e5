package org.raphe.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;

/** Data sets on their way to workers. */
class ShippedDataTest {
  @TempDir Path folder;

  @Test
  void aFolderKeepsItsNameAndItsFiles() throws IOException {
    Path data = Files.createDirectories(folder.resolve("photos/cats")).getParent();
    Files.writeString(data.resolve("cats/1.png"), "one");
    Files.writeString(data.resolve("dogs.txt"), "two");
    Path archive = folder.resolve("a.zip");
    ShippedData.pack(data, archive);
    Path there = folder.resolve("there");
    Path unpacked = ShippedData.unpacked(archive, there);
    assertEquals(there.resolve("photos"), unpacked);
    assertEquals("one", Files.readString(unpacked.resolve("cats/1.png")));
    assertEquals("two", Files.readString(unpacked.resolve("dogs.txt")));
    // What was unpacked is used again.
    Files.delete(archive);
    assertEquals(unpacked, ShippedData.unpacked(archive, there));
  }

  @Test
  void aFileIsSentAlone() throws IOException {
    Path table = Files.writeString(folder.resolve("table.csv"), "1,2");
    Files.writeString(folder.resolve("secret"), "not sent");
    ShippedData.pack(table, folder.resolve("a.zip"));
    Path unpacked = ShippedData.unpacked(folder.resolve("a.zip"), folder.resolve("there"));
    assertEquals(folder.resolve("there/table.csv"), unpacked);
    assertEquals("1,2", Files.readString(unpacked));
  }

  @Test
  void linksAndNothingAreRefused() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.createSymbolicLink(data.resolve("link"), Path.of("/etc/hostname"));
    assertThrows(InputException.class, () -> ShippedData.pack(data, folder.resolve("a.zip")));
    Path none = folder.resolve("none");
    assertThrows(InputException.class, () -> ShippedData.pack(none, folder.resolve("b.zip")));
  }

  @Test
  void aFileOutsideTheFolderIsRefused() throws IOException {
    Path archive = folder.resolve("a.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("../outside"));
      zip.write(1);
    }
    Path there = folder.resolve("there");
    InputException e =
        assertThrows(InputException.class, () -> ShippedData.unpacked(archive, there));
    assertTrue(e.getMessage().contains("outside its folder"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("outside")));
    assertFalse(Files.exists(there), "nothing half unpacked is used");
  }
}
