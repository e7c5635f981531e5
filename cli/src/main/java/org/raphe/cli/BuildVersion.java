package org.raphe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version and commit that this build was made from. */
final class BuildVersion implements IVersionProvider {
  private static final Properties BUILD = load();

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** The version, or null where the build did not record it. */
  static String version() {
    return BUILD.getProperty("git.build.version");
  }

  /**
   * The commit, with {@code -dirty} if it had uncommitted changes; null where the build did not
   * record it.
   */
  static String commit() {
    String commit = BUILD.getProperty("git.commit.id");
    boolean dirty = Boolean.parseBoolean(BUILD.getProperty("git.dirty"));
    return commit == null ? null : commit + (dirty ? "-dirty" : "");
  }

  /** Version and commit, as users read them. */
  static String words() {
    return version() + " (commit " + commit() + ")";
  }

  @Override
  public String[] getVersion() {
    return new String[] {"raphe " + words()};
  }
}
