package org.raphe.cli;

import java.util.Locale;
import org.raphe.InputException;
import org.raphe.datasets.DatasetOptions;
import org.raphe.datasets.TableFormat;
import picocli.CommandLine.Option;

/** How files of the user's own are written. */
@OptionGroup.Of(OptionGroup.DATA)
final class FormatOptions {
  @Option(
      names = "--separator",
      paramLabel = "C",
      description = "csv: what stands between two cells, such as ';' or tab. Default: a comma.")
  String separator;

  @Option(
      names = "--label-column",
      paramLabel = "NAME|N",
      description =
          "csv: the column of the label, by its name in the heading or its number from 1. Default: the last.")
  String labelColumn;

  @Option(
      names = "--heading",
      paramLabel = "auto|yes|no",
      description =
          "csv: whether the first line names the columns; auto: where one of its features is no number. Default: auto.")
  String heading;

  /**
   * Checks that options of tables are given for a table alone.
   *
   * @throws InputException naming one that is not
   */
  void requireFor(String dataset) {
    String given =
        separator != null
            ? "--separator"
            : labelColumn != null ? "--label-column" : heading != null ? "--heading" : null;
    if (given != null && !dataset.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      throw new InputException(
          given + " is for .csv files, and " + dataset + " is none; leave it out");
    }
  }

  /** The same options with these formats. */
  DatasetOptions addTo(DatasetOptions options) {
    TableFormat.Heading first =
        heading == null
            ? TableFormat.Heading.AUTO
            : OptionValue.of("--heading", TableFormat.Heading.class, heading);
    char between = separator == null ? ',' : TableFormat.separator(separator);
    return options.withTable(new TableFormat(between, labelColumn, first));
  }
}
