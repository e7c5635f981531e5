package org.raphe.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table of numbers, UTF-8, written as {@link TableFormat} says: on each line the features
 * of a sample and its label, by default the last cell. Numbers have decimal points. The first line
 * is a heading if one of its features is no number; that is said in a warning. Labels are texts;
 * they are numbered 0..K-1 in their order, by value if all are whole numbers.
 *
 * <p>A file is untrusted: sizes are bounded, and whatever is wrong is an {@link InputException} of
 * one line that names the file's line, and the column where there is one.
 */
final class CsvFile {
  private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);

  /** Most features of all samples: 256 MiB. */
  private static final int MAX_FEATURES = 1 << 26;

  /** Where every line has a label, whatever its number of features. */
  private static final int LABELLED = -1;

  private final Path path;
  private final TableFormat format;
  private final List<String> labels = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private float[] features = new float[1024];
  private int filled;
  private int line;

  /** Cells of a line without a label, or {@link #LABELLED}. */
  private final int unlabelledCells;

  /** Cells of every line; known from the first line on. */
  private int cells;

  /** Where the label stands, from 0, or -1 where lines have none; known from the first line on. */
  private int label;

  /** Names of the columns; empty where nothing names them. */
  private List<String> names = List.of();

  private CsvFile(Path path, TableFormat format, int unlabelledCells) {
    this.path = path;
    this.format = format;
    this.unlabelledCells = unlabelledCells;
  }

  /**
   * Reads a file and splits it by {@link ClassSplit}.
   *
   * @throws InputException if a line has another width, no label or a feature that is no number
   */
  static Dataset read(Path path, TableFormat format) {
    var file = new CsvFile(path, format, LABELLED);
    file.readRecords();
    return file.dataset();
  }

  /**
   * Reads a file to be shown to a model; lines without a label have as many cells as the model has
   * inputs, and all are alike.
   *
   * @throws InputException as {@link #read}
   */
  static SamplesToPredict toPredict(Path path, TableFormat format, int inputs) {
    var file = new CsvFile(path, format, inputs);
    file.readRecords();
    return file.samplesToPredict();
  }

  private void readRecords() {
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      var records = new CsvRecords(reader, format.separator());
      while (true) {
        List<String> record = next(records);
        if (record == null) {
          break;
        }
        if (cells > 0 || !begin(record)) {
          add(record);
        }
      }
    } catch (CharacterCodingException e) {
      throw new InputException("cannot read " + path + ": it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + IoFailure.reason(e), e);
    }
  }

  private List<String> next(CsvRecords records) throws IOException {
    try {
      return records.next();
    } catch (CsvRecords.BrokenRecord e) {
      line = records.line();
      throw fault(e.getMessage());
    } finally {
      line = records.line();
    }
  }

  /** Takes the columns from the first record; whether it is a heading. */
  private boolean begin(List<String> first) {
    cells = first.size();
    label = labelAt(first);
    if (cells < (label < 0 ? 1 : 2)) {
      throw fault(
          "a sample needs at least one feature and a label, separated by \""
              + (format.separator() == '\t' ? "tab" : format.separator())
              + "\"");
    }
    if (!isHeading(first)) {
      return false;
    }
    names = List.copyOf(first);
    if (format.heading() == TableFormat.Heading.AUTO) {
      LOG.warn("{}: line {} is taken as a heading, not as a sample", path, line);
    }
    return true;
  }

  private int labelAt(List<String> first) {
    String column = format.labelColumn();
    int named = column == null ? -1 : first.indexOf(column);
    if (named >= 0 && format.heading() != TableFormat.Heading.NO) {
      if (first.lastIndexOf(column) != named) {
        throw fault("two columns are called \"" + column + "\"");
      }
      return named;
    }
    if (cells == unlabelledCells) {
      return -1;
    }
    if (column == null) {
      return cells - 1;
    }
    int number = TableFormat.number(column);
    if (number < 1 || number > cells) {
      throw fault(
          "no column is called \""
              + column
              + "\" and "
              + cells
              + " are there; give the label's name as the heading has it, or its number from 1");
    }
    return number - 1;
  }

  private boolean isHeading(List<String> first) {
    return switch (format.heading()) {
      case YES -> true;
      case NO -> false;
      case AUTO -> {
        boolean named = label >= 0 && first.get(label).equals(format.labelColumn());
        yield (named && TableFormat.number(format.labelColumn()) == 0)
            || IntStream.range(0, cells).anyMatch(k -> k != label && number(first.get(k)) == null);
      }
    };
  }

  private void add(List<String> record) {
    int labelCells = label < 0 ? 0 : 1;
    if (record.size() != cells) {
      throw fault(
          record.size()
              - labelCells
              + " features where the lines before have "
              + (cells - labelCells));
    }
    addFeatures(record);
    lines.add(line);
    if (label >= 0) {
      addLabel(record.get(label));
    }
  }

  private void addLabel(String text) {
    if (text.isBlank()) {
      throw fault("its label, " + column(label) + ", is missing");
    }
    labels.add(text);
  }

  private void addFeatures(List<String> record) {
    int width = width();
    if (filled > MAX_FEATURES - width) {
      throw fault("more than " + MAX_FEATURES + " features in all; give fewer samples");
    }
    if (filled + width > features.length) {
      long larger = Math.max(2L * features.length, filled + (long) width);
      features = Arrays.copyOf(features, (int) Math.min(MAX_FEATURES, larger));
    }
    for (int k = 0; k < cells; k++) {
      if (k != label) {
        Float value = number(record.get(k));
        if (value == null || !Float.isFinite(value)) {
          throw fault(
              column(k)
                  + " is \""
                  + record.get(k)
                  + "\", not a finite number with a decimal point");
        }
        features[filled++] = value;
      }
    }
  }

  private int width() {
    return label < 0 ? cells : cells - 1;
  }

  private String column(int k) {
    return "column "
        + (k + 1)
        + (names.isEmpty() || names.get(k).isEmpty() ? "" : " (" + names.get(k) + ")");
  }

  /** The number a cell holds; null if none. */
  private static Float number(String text) {
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
    boolean labelled = label >= 0;
    ClassNames classes = labelled ? ClassNames.of(labels) : null;
    int[] numbers = labelled ? classes.numbers(labels) : new int[lines.size()];
    int least = SamplesToPredict.LEAST_CLASSES;
    Samples all = samples(name, labelled ? Math.max(least, classes.size()) : least, numbers);
    return new SamplesToPredict(
        name, all, classes, lines.stream().map(number -> "line " + number).toList());
  }

  private Samples samples(String name, int classes, int[] numbers) {
    return Samples.ofFeatures(
        name, InputShape.vector(width()), classes, Arrays.copyOf(features, filled), numbers);
  }

  private InputException fault(String why) {
    return new InputException(path + ", line " + line + ": " + why);
  }
}
