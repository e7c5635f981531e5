package org.raphe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.raphe.ReplacedFile;
import org.raphe.continual.Confusion;
import org.raphe.data.ClassNames;
import org.raphe.data.Samples;
import org.raphe.datasets.SamplesToPredict;
import org.raphe.model.Prediction;

/**
 * What a model says of samples, row by row.
 *
 * @param classNames the model's
 * @param given where samples come from and whether they have labels
 * @param shown the samples, under the model's numbers of classes
 * @param predictions in the order of the samples
 */
record PredictionTable(
    ClassNames classNames, SamplesToPredict given, Samples shown, List<Prediction> predictions) {
  private static final int FIRST = 10;

  int size() {
    return predictions.size();
  }

  /** Which class is taken for which; null where no labels are known. */
  Confusion confusion() {
    if (!given.isLabelled()) {
      return null;
    }
    Confusion confusion = new Confusion(classNames.size());
    for (int sample = 0; sample < size(); sample++) {
      confusion.add(shown.label(sample), predictions.get(sample).label());
    }
    return confusion;
  }

  /** Prints the first predictions, and how many there are beside. */
  void printFirst(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    for (int sample = 0; sample < Math.min(FIRST, size()); sample++) {
      List<String> row = described(sample);
      Prediction prediction = predictions.get(sample);
      row.add(String.format(Locale.ROOT, "%.4f", prediction.outputs()[prediction.label()]));
      rows.add(row);
    }
    List<String> heading = heading();
    heading.add("score");
    TextTable.print(out, heading, rows);
    if (size() > FIRST) {
      out.println("... " + (size() - FIRST) + " more; --out FILE writes all of them");
    }
  }

  /** Prints how many samples each class was told of. */
  void printTotals(PrintWriter out) {
    long[] totals = new long[classNames.size()];
    predictions.forEach(prediction -> totals[prediction.label()]++);
    List<List<String>> rows = new ArrayList<>();
    for (int label = 0; label < totals.length; label++) {
      if (totals[label] > 0) {
        rows.add(List.of(classNames.name(label), Long.toString(totals[label])));
      }
    }
    TextTable.print(out, List.of("class", "samples taken for it"), rows);
  }

  /**
   * Writes every prediction: number, source where there is one, label where it is known, class, and
   * the score of each class, as comma-separated UTF-8 (RFC 4180, lines end in a line feed).
   *
   * @throws org.raphe.RunException if it cannot be written
   */
  void write(Path out) {
    ReplacedFile.write(
        out,
        file -> {
          try (Writer writer = Files.newBufferedWriter(file)) {
            List<String> heading = heading();
            classNames.names().forEach(name -> heading.add("score " + name));
            writeRow(writer, heading);
            for (int sample = 0; sample < size(); sample++) {
              List<String> row = described(sample);
              for (float score : predictions.get(sample).outputs()) {
                row.add(Float.toString(score));
              }
              writeRow(writer, row);
            }
          }
        });
  }

  private List<String> heading() {
    List<String> heading = new ArrayList<>(List.of("sample"));
    if (!given.sources().isEmpty()) {
      heading.add("source");
    }
    if (given.isLabelled()) {
      heading.add("label");
    }
    heading.add("predicted");
    return heading;
  }

  private List<String> described(int sample) {
    List<String> row = new ArrayList<>(List.of(Integer.toString(sample)));
    if (!given.sources().isEmpty()) {
      row.add(given.sources().get(sample));
    }
    if (given.isLabelled()) {
      row.add(classNames.name(shown.label(sample)));
    }
    row.add(predictions.get(sample).name());
    return row;
  }

  private static void writeRow(Writer writer, List<String> cells) throws IOException {
    List<String> quoted = cells.stream().map(PredictionTable::quoted).toList();
    writer.write(String.join(",", quoted) + "\n");
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
