package org.raphe.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Other readers of HDF5: {@code h5dump} and Python's h5py. Without them a test is skipped and says
 * why; with the environment variable {@code RAPHE_REQUIRE_HDF5=1} it fails.
 */
final class Hdf5Tools {
  private static final String REQUIRED = "RAPHE_REQUIRE_HDF5";

  /** One that has h5py, once it was looked for; else null. */
  private static final String PYTHON = pythonWithH5py();

  private Hdf5Tools() {}

  /** A Python that stands before the system's may not have the system's packages. */
  private static String pythonWithH5py() {
    return Stream.of("python3", "/usr/bin/python3")
        .filter(candidate -> status(List.of(candidate, "-c", "import h5py, numpy")) == 0)
        .findFirst()
        .orElse(null);
  }

  /** What {@code h5dump} says of a file. */
  static String dump(String... arguments) throws IOException, InterruptedException {
    if (status(List.of("h5dump", "--version")) != 0) {
      return absent("h5dump is not installed (Debian: hdf5-tools)");
    }
    List<String> command = new ArrayList<>(List.of("h5dump"));
    command.addAll(List.of(arguments));
    return said(command);
  }

  /** What a program in Python of the tests' resources prints. */
  static String python(Path folder, String program, Object... arguments)
      throws IOException, InterruptedException {
    if (PYTHON == null) {
      return absent("h5py is not installed (Debian: python3-h5py, python3-numpy)");
    }
    Path script = folder.resolve(program);
    try (InputStream in = Hdf5Tools.class.getResourceAsStream(program)) {
      Files.write(script, in.readAllBytes());
    }
    List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return said(command);
  }

  private static int status(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), command + " says: " + said);
    return said;
  }

  private static String absent(String why) {
    if ("1".equals(System.getenv(REQUIRED))) {
      return fail(REQUIRED + "=1, but " + why);
    }
    System.out.println("A test of NIR files is skipped: " + why);
    return abort(why);
  }
}
