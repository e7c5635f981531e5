package org.raphe.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads comma-separated numbers, UTF-8: on each line the features of a sample and, last, its label.
 * The first line is a heading if one of its features is no number; that is said in a warning.
 * Labels are texts; they are numbered 0..K-1 in their order, by value if all are whole numbers.
 *
 * <p>A file is untrusted: sizes are bounded, and whatever is wrong is an {@link InputException} of
 * one line that names the file's line.
 */
final class CsvFile {
  private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);

  /** Most features of all samples: 256 MiB. */
  private static final int MAX_FEATURES = 1 << 26;

  private final Path path;
  private final List<String> labels = new ArrayList<>();
  private float[] features = new float[1024];
  private int filled;
  private int width = -1;
  private int line;

  private CsvFile(Path path) {
    this.path = path;
  }

  /**
   * Reads a file and splits it by {@link ClassSplit}.
   *
   * @throws InputException if a line has another width, no label or a feature that is no number
   */
  static Dataset read(Path path) {
    var file = new CsvFile(path);
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        file.line++;
        file.add(file.line == 1 ? text.replaceFirst("^\\uFEFF", "") : text);
      }
    } catch (CharacterCodingException e) {
      throw new InputException("cannot read " + path + ": it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + IoFailure.reason(e), e);
    }
    return file.dataset();
  }

  private void add(String text) {
    if (text.isBlank()) {
      return;
    }
    if (text.indexOf('"') >= 0) {
      throw fault("quotes are not supported; write plain numbers and labels");
    }
    String[] cells = text.split(",", -1);
    if (width < 0 && isHeading(cells)) {
      LOG.warn("{}: line {} is taken as a heading, not as a sample", path, line);
      width = cells.length - 1;
      return;
    }
    if (cells.length < 2) {
      throw fault("a sample needs at least one feature and a label, separated by commas");
    }
    if (width >= 0 && cells.length - 1 != width) {
      throw fault(cells.length - 1 + " features where the lines before have " + width);
    }
    width = cells.length - 1;
    String label = cells[width].strip();
    if (label.isEmpty()) {
      throw fault("its label, the last cell, is missing");
    }
    addFeatures(cells);
    labels.add(label);
  }

  private static boolean isHeading(String[] cells) {
    for (int k = 0; k < cells.length - 1; k++) {
      if (number(cells[k]) == null) {
        return true;
      }
    }
    return false;
  }

  private void addFeatures(String[] cells) {
    if (filled > MAX_FEATURES - width) {
      throw fault("more than " + MAX_FEATURES + " features in all; give fewer samples");
    }
    if (filled + width > features.length) {
      long larger = Math.max(2L * features.length, filled + (long) width);
      features = Arrays.copyOf(features, (int) Math.min(MAX_FEATURES, larger));
    }
    for (int k = 0; k < width; k++) {
      Float value = number(cells[k]);
      if (value == null || !Float.isFinite(value)) {
        throw fault("feature " + k + " is \"" + cells[k].strip() + "\", not a finite number");
      }
      features[filled++] = value;
    }
  }

  /** The number a cell holds; null if none. */
  private static Float number(String cell) {
    String text = cell.strip();
    // Java's own suffixes, such as 1f, are no numbers elsewhere.
    if (text.isEmpty() || "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0) {
      return null;
    }
    try {
      return Float.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private Dataset dataset() {
    String name = path.getFileName().toString();
    if (labels.isEmpty()) {
      throw new InputException(path + " holds no sample");
    }
    ClassNames classes = ClassNames.of(labels);
    int[] numbers = classes.numbers(labels);
    Samples all =
        Samples.ofFeatures(
            name,
            InputShape.vector(width),
            classes.names().size(),
            Arrays.copyOf(features, filled),
            numbers);
    return ClassSplit.of(name, all, classes);
  }

  private InputException fault(String why) {
    return new InputException(path + ", line " + line + ": " + why);
  }
}
