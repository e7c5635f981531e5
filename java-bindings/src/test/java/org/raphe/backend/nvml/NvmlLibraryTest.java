package org.raphe.backend.nvml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.energy.EnergyReading;

/** A library that is not here, that is none, or that lacks what is called. */
class NvmlLibraryTest {

  private static void assertNotLoaded(String file, String said) {
    NvmlLibrary none = NvmlLibrary.load(file);
    assertNull(none.functions());
    assertTrue(none.cause().startsWith("NVML, which comes with the driver of NVIDIA's GPUs"));
    assertTrue(none.cause().contains(file), none.cause());
    assertTrue(none.cause().contains(said), none.cause());
    assertEquals(1, none.cause().lines().count(), none.cause());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLibraryThatIsAbsentOrNoneIsOneLine(@TempDir Path folder) throws IOException {
    assertNotLoaded("libraphe-absent.so.1", "No such file");
    Path text = folder.resolve("libraphe-text.so.1");
    Files.writeString(text, "no library".repeat(100));
    assertNotLoaded(text.toString(), "invalid ELF header");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLibraryWithoutTheFunctionIsTooOld() {
    NvmlLibrary other = NvmlLibrary.load("libc.so.6");
    assertNotNull(other.functions(), other.cause());
    EnergyReading reading = new NvmlEnergy(other.functions(), "0000:3b:00.0").reading();
    assertNull(reading.joules());
    assertTrue(reading.reason().startsWith("the driver's NVML is too old ("), reading.reason());
    assertTrue(reading.reason().contains("nvmlInit_v2"), reading.reason());
    assertTrue(reading.reason().endsWith("; update the driver"), reading.reason());
  }

  /** Nothing of the binding stays behind, and its folder is again what it was. */
  @Test
  void theFolderForTemporaryFilesIsGivenBack() {
    String before = System.getProperty("java.io.tmpdir");
    NvmlLibrary.load("libraphe-absent.so.1");
    assertEquals(before, System.getProperty("java.io.tmpdir"));
    assertNull(System.getProperty("jna.tmpdir"));
  }
}
