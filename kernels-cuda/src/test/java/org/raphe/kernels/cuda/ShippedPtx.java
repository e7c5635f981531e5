package org.raphe.kernels.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules that ship, and the programs that make and assemble them. */
final class ShippedPtx {
  static final Path FOLDER =
      Path.of("src", "main", "resources", "org", "raphe", "kernels", "cuda", "ptx")
          .toAbsolutePath();

  /** Exit status of a program and all that it printed; null if it is not installed. */
  record Ended(int status, String output) {}

  private ShippedPtx() {}

  /** All modules, by name. */
  static List<Path> modules() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".ptx")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + FOLDER, e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** Runs a program to its end; null if there is no such program. */
  static Ended run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
    }
  }

  /** The program that an environment variable names, or that is found by its own name. */
  static String program(String variable, String name) {
    return System.getenv().getOrDefault(variable, name);
  }
}
