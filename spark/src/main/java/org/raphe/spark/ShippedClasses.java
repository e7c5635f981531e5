package org.raphe.spark;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.raphe.IoFailure;
import org.raphe.RunException;

/**
 * Raphe's own classes as they are sent to workers: all of the class path but what lies beside
 * Spark, which workers have. A folder of classes is sent as a jar.
 */
final class ShippedClasses implements AutoCloseable {
  private final List<Path> jars;

  /** Where folders were packed; null where there was none. */
  private final Path packed;

  private ShippedClasses(List<Path> jars, Path packed) {
    this.jars = jars;
    this.packed = packed;
  }

  /**
   * The classes of this process. None where {@code spark-submit} has started it: it sends what it
   * was given itself.
   *
   * @param leftOut names of folders whose jars workers do without
   */
  static ShippedClasses of(List<String> leftOut) {
    if (System.getProperty("spark.submit.deployMode") != null) {
      return new ShippedClasses(List.of(), null);
    }
    Path besideSpark = ofClass(SparkContext.class).getParent();
    List<Path> jars = new ArrayList<>();
    Path packed = null;
    try {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(entry).toAbsolutePath().normalize();
        boolean goes =
            Files.exists(path)
                && !path.startsWith(besideSpark)
                && leftOut.stream().noneMatch(name -> isBelow(path, name));
        if (goes && Files.isDirectory(path)) {
          packed = packed == null ? Files.createTempDirectory("raphe-classes-") : packed;
          jars.add(jar(path, packed.resolve("classes-" + jars.size() + ".jar")));
        } else if (goes) {
          jars.add(path);
        }
      }
    } catch (IOException e) {
      throw new RunException("cannot pack the classes for workers: " + IoFailure.reason(e), e);
    }
    return new ShippedClasses(List.copyOf(jars), packed);
  }

  private static Path ofClass(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath()
          .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a jar has no path", e);
    }
  }

  private static boolean isBelow(Path path, String folder) {
    for (Path part : path) {
      if (part.toString().equals(folder)) {
        return true;
      }
    }
    return false;
  }

  private static Path jar(Path folder, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> walked = Files.walk(folder)) {
      for (Path file : walked.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Paths of the jars. */
  List<Path> jars() {
    return jars;
  }

  /** Removes what was packed. */
  @Override
  public void close() {
    if (packed == null) {
      return;
    }
    try (Stream<Path> entries = Files.list(packed)) {
      for (Path entry : entries.toList()) {
        Files.delete(entry);
      }
      Files.delete(packed);
    } catch (IOException e) {
      throw new RunException("cannot remove " + packed + ": " + IoFailure.reason(e), e);
    }
  }
}
