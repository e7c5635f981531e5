package org.raphe.backend.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.raphe.IoFailure;
import org.raphe.RunException;

/**
 * A folder of this process alone for native libraries that a binding unpacks. The bindings use the
 * folder for temporary files and fixed names there, where a stale or a planted file would be
 * loaded.
 */
public final class PrivateNatives {
  private static final String TEMPORARY = "java.io.tmpdir";

  /** Where JNA unpacks its library; without it, a folder that lasts. */
  private static final String JNA_TEMPORARY = "jna.tmpdir";

  private PrivateNatives() {}

  /**
   * Runs {@code load}, which unpacks and loads a library, with a new folder for temporary files
   * that only this user can enter; it is removed afterwards, which a loaded library survives.
   *
   * @throws RunException if the folder cannot be made or removed
   */
  public static synchronized void whileLoading(Runnable load) {
    String before = System.getProperty(TEMPORARY);
    Path folder;
    try {
      folder = Files.createTempDirectory("raphe-natives");
    } catch (IOException e) {
      throw new RunException(
          "no folder for native libraries could be made in "
              + before
              + ": "
              + IoFailure.reason(e)
              + "; make room there or choose another with RAPHE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
          e);
    }
    String jnaBefore = System.setProperty(JNA_TEMPORARY, folder.toString());
    System.setProperty(TEMPORARY, folder.toString());
    try {
      load.run();
    } finally {
      System.setProperty(TEMPORARY, before);
      restore(JNA_TEMPORARY, jnaBefore);
      remove(folder);
    }
  }

  private static void restore(String property, String before) {
    if (before == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, before);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new RunException(
          "native libraries could not be removed from "
              + folder
              + ": "
              + IoFailure.reason(e)
              + "; choose another folder with RAPHE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
          e);
    }
  }
}
