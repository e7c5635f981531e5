package org.raphe.backend.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor's name, for provenance. */
public final class CpuModel {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private CpuModel() {}

  /** Its model name where the system names it, else its architecture. */
  public static String name() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture + " (model name unreadable: " + e.getMessage() + ")";
    }
  }
}
