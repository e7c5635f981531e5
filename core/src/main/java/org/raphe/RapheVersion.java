package org.raphe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that files which are written name; docs/VERSIONS.md says what they promise. */
public final class RapheVersion {
  /**
   * Version of the numeric contract (docs/NUMERICS.md): the same seed, data and settings give the
   * same bits under the same version, and may give others under another.
   */
  public static final int CONTRACT = 1;

  private static final String NUMBER = read();

  private RapheVersion() {}

  /** Of this build, such as {@code 0.1.0}. */
  public static String number() {
    return NUMBER;
  }

  private static String read() {
    try (InputStream in = RapheVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
