package org.raphe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.raphe.continual.Confusion;
import org.raphe.data.ClassNames;

/**
 * Prints the accuracy of each class and what its samples were taken for: all of it where classes
 * are few, else the three that it was taken for most.
 */
record ConfusionSummary(Confusion confusion, ClassNames names) {
  private static final int MOST_COLUMNS = 12;
  private static final int MOST_TAKEN_FOR = 3;

  void print(PrintWriter out) {
    boolean matrix = confusion.classes() <= MOST_COLUMNS;
    List<String> heading = new ArrayList<>(List.of("", "class", "samples", "correct %"));
    if (matrix) {
      classes().forEach(label -> heading.add(">" + label));
      out.println("samples of each class (row), by the class that they were taken for (column)");
    } else if (confusion.hasCounts()) {
      heading.add("otherwise taken for");
    }
    List<List<String>> rows =
        classes()
            .filter(label -> matrix || confusion.samples(label) > 0)
            .mapToObj(label -> row(label, matrix))
            .toList();
    TextTable.print(out, heading, rows);
  }

  private IntStream classes() {
    return IntStream.range(0, confusion.classes());
  }

  private List<String> row(int label, boolean matrix) {
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(label));
    row.add(names.name(label));
    row.add(Long.toString(confusion.samples(label)));
    Double accuracy = confusion.accuracy(label);
    row.add(accuracy == null ? "none" : String.format(Locale.ROOT, "%.2f", 100 * accuracy));
    if (matrix) {
      classes().forEach(taken -> row.add(Long.toString(confusion.count(label, taken))));
    } else if (confusion.hasCounts()) {
      row.add(takenFor(label));
    }
    return row;
  }

  private String takenFor(int label) {
    return classes()
        .filter(taken -> taken != label && confusion.count(label, taken) > 0)
        .boxed()
        .sorted(Comparator.comparingLong(taken -> -confusion.count(label, taken)))
        .limit(MOST_TAKEN_FOR)
        .map(taken -> names.name(taken) + " " + confusion.count(label, taken))
        .collect(Collectors.joining(", "));
  }
}
