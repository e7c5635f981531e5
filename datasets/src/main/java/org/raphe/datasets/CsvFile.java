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

  /** Where every line has a label, whatever its number of features. */
  private static final int LABELLED = -1;

  private final Path path;
  private final List<String> labels = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private float[] features = new float[1024];
  private int filled;
  private int width = -1;
  private int line;

  /** Cells of a line without a label, or {@link #LABELLED}. */
  private final int unlabelledCells;

  /** 1 where lines have a label, else 0; known from the first line on. */
  private int labelCells = 1;

  private CsvFile(Path path, int unlabelledCells) {
    this.path = path;
    this.unlabelledCells = unlabelledCells;
  }

  /**
   * Reads a file and splits it by {@link ClassSplit}.
   *
   * @throws InputException if a line has another width, no label or a feature that is no number
   */
  static Dataset read(Path path) {
    var file = new CsvFile(path, LABELLED);
    file.readLines();
    return file.dataset();
  }

  /**
   * Reads a file to be shown to a model; lines without a label have as many cells as the model has
   * inputs, and all are alike.
   *
   * @throws InputException as {@link #read}
   */
  static SamplesToPredict toPredict(Path path, int inputs) {
    var file = new CsvFile(path, inputs);
    file.readLines();
    return file.samplesToPredict();
  }

  private void readLines() {
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        add(line == 1 ? text.replaceFirst("^\\uFEFF", "") : text);
      }
    } catch (CharacterCodingException e) {
      throw new InputException("cannot read " + path + ": it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + IoFailure.reason(e), e);
    }
  }

  private void add(String text) {
    if (text.isBlank()) {
      return;
    }
    if (text.indexOf('"') >= 0) {
      throw fault("quotes are not supported; write plain numbers and labels");
    }
    String[] cells = text.split(",", -1);
    if (width < 0) {
      labelCells = cells.length == unlabelledCells ? 0 : 1;
      if (isHeading(cells)) {
        LOG.warn("{}: line {} is taken as a heading, not as a sample", path, line);
        width = cells.length - labelCells;
        return;
      }
    }
    if (cells.length < 1 + labelCells) {
      throw fault("a sample needs at least one feature and a label, separated by commas");
    }
    if (width >= 0 && cells.length - labelCells != width) {
      throw fault(cells.length - labelCells + " features where the lines before have " + width);
    }
    width = cells.length - labelCells;
    addFeatures(cells);
    lines.add(line);
    if (labelCells == 1) {
      addLabel(cells[width].strip());
    }
  }

  private void addLabel(String label) {
    if (label.isEmpty()) {
      throw fault("its label, the last cell, is missing");
    }
    labels.add(label);
  }

  private boolean isHeading(String[] cells) {
    for (int k = 0; k < cells.length - labelCells; k++) {
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
    Samples all = samples(name, classes.size(), classes.numbers(labels));
    return ClassSplit.of(name, all, classes);
  }

  private SamplesToPredict samplesToPredict() {
    String name = path.getFileName().toString();
    boolean labelled = labelCells == 1;
    ClassNames classes = labelled ? ClassNames.of(labels) : null;
    int[] numbers = labelled ? classes.numbers(labels) : new int[lines.size()];
    int least = SamplesToPredict.LEAST_CLASSES;
    Samples all = samples(name, labelled ? Math.max(least, classes.size()) : least, numbers);
    return new SamplesToPredict(
        name, all, classes, lines.stream().map(number -> "line " + number).toList());
  }

  private Samples samples(String name, int classes, int[] numbers) {
    return Samples.ofFeatures(
        name, InputShape.vector(width), classes, Arrays.copyOf(features, filled), numbers);
  }

  private InputException fault(String why) {
    return new InputException(path + ", line " + line + ": " + why);
  }
}
