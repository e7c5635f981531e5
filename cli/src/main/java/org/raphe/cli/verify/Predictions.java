package org.raphe.cli.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What docs/PERFORMANCE.md predicts for an H100, from a table beside this class: {@code
 * network,batch,kernel,launch,microseconds}.
 */
final class Predictions {
  private static final String TABLE = "predictions-h100.csv";

  private final Map<String, Double> microseconds = new HashMap<>();

  private Predictions() {}

  /** The table of this build. */
  static Predictions bundled() {
    try (InputStream in = Predictions.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return parse(lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table of predictions", e);
    }
  }

  /**
   * Reads a table; lines that begin with # are comments, and the first other line is the heading.
   */
  static Predictions parse(List<String> lines) {
    Predictions table = new Predictions();
    lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .skip(1)
        .forEach(table::add);
    return table;
  }

  private void add(String line) {
    String[] parts = line.split(",", -1);
    if (parts.length != 5) {
      throw new IllegalStateException("a line of " + TABLE + " has no 5 columns: " + line);
    }
    String key = key(parts[0], Integer.parseInt(parts[1]), parts[2], Integer.parseInt(parts[3]));
    if (microseconds.put(key, Double.parseDouble(parts[4])) != null) {
      throw new IllegalStateException(TABLE + " has two lines for " + key);
    }
  }

  private static String key(String network, int batch, String kernel, int launch) {
    return network + "," + batch + "," + kernel + "," + launch;
  }

  /**
   * The prediction for one launch of a batch; null if there is none.
   *
   * @param network layers and units, such as {@code 784-1000-10 lif}
   * @param batch samples of a batch
   * @param kernel its name
   * @param launch which of its launches in a batch, from 1
   */
  Double of(String network, int batch, String kernel, int launch) {
    return microseconds.get(key(network, batch, kernel, launch));
  }

  /**
   * The prediction for a whole batch, with the gaps between its launches; null if there is none.
   */
  Double ofBatch(String network, int batch) {
    return of(network, batch, "batch", 0);
  }
}
