package org.raphe.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;

/** Where unpacked and downloaded data sets are kept. */
final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@code $RAPHE_CACHE}, else {@code $XDG_CACHE_HOME/raphe}, else {@code ~/.cache/raphe}; a
   * variable that is empty counts as unset, and so does a relative {@code XDG_CACHE_HOME}, as the
   * XDG Base Directory Specification asks.
   *
   * @throws InputException if a variable holds no usable path
   */
  static Path of(Map<String, String> environment, String home) {
    String chosen = environment.getOrDefault("RAPHE_CACHE", "");
    if (!chosen.isEmpty()) {
      return path("RAPHE_CACHE", chosen).toAbsolutePath().normalize();
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isEmpty() && path("XDG_CACHE_HOME", xdg).isAbsolute()) {
      return path("XDG_CACHE_HOME", xdg).resolve("raphe").normalize();
    }
    return path("user.home", home(environment, home))
        .resolve(".cache")
        .resolve("raphe")
        .toAbsolutePath()
        .normalize();
  }

  /** Java calls the home of a user without one "?", which would be a folder of the current one. */
  private static String home(Map<String, String> environment, String home) {
    String named = environment.getOrDefault("HOME", "");
    return home.equals("?") ? named.startsWith("/") ? named : "/" : home;
  }

  private static Path path(String variable, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new InputException(
          "cannot use "
              + variable
              + " as the cache folder: "
              + e.getMessage()
              + "; set RAPHE_CACHE to a folder you can write to",
          e);
    }
  }

  /**
   * Writes a file so that any other process sees either nothing, the old content or the whole new
   * content: into the cache folder first, then renamed to its place. Missing folders are made.
   *
   * @param cacheFolder where the unfinished file lies; not beside the target, because DJL walks the
   *     target's folder and fails on a file that vanishes meanwhile
   * @throws InputException if the folder may not be written to
   * @throws RunException if writing fails, as on a full disk
   */
  static void write(Path cacheFolder, Path target, byte[] content) {
    try {
      Files.createDirectories(target.getParent());
      // Not Files.createTempFile: its files are for one user alone, and a cache may be shared.
      Path part = cacheFolder.resolve(target.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        Files.write(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw failure(target, "cannot write " + content.length + " bytes to the cache, " + target, e);
    }
  }

  /**
   * What to throw when {@code action} on {@code target} failed: names the reason and the remedy.
   */
  static RuntimeException failure(Path target, String action, IOException e) {
    Path existing = target.toAbsolutePath();
    while (existing.getParent() != null && (!Files.exists(existing) || existing.equals(target))) {
      existing = existing.getParent();
    }
    String message = action + ": " + IoFailure.reason(e);
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return new InputException(
          message + " (" + existing + "); set RAPHE_CACHE to a folder you can write to", e);
    }
    return new RunException(message + "; free space there, or set RAPHE_CACHE to another disk", e);
  }
}
