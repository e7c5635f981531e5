package org.raphe.cli;

import java.util.Locale;
import org.raphe.InputException;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetOptions;
import org.raphe.datasets.ImageFormat;
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

  @Option(
      names = "--image-size",
      paramLabel = "N|HxW",
      description =
          "Folder of images: rows and columns that they are brought to. Default: the commonest size among them.")
  String imageSize;

  @Option(
      names = "--image-colours",
      paramLabel = "auto|grey|rgb",
      description =
          "Folder of images: one channel or three. Default: auto, rgb where an image has colours.")
  String imageColours;

  /**
   * Checks that options are given for what they are for alone.
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
    String ofImages =
        imageSize != null ? "--image-size" : imageColours != null ? "--image-colours" : null;
    boolean table = dataset.toLowerCase(Locale.ROOT).matches(".*\\.(csv|npz)");
    if (ofImages != null && (table || !DatasetCatalog.isPath(dataset))) {
      throw new InputException(
          ofImages + " is for folders of images, and " + dataset + " is none; leave it out");
    }
  }

  /** The same options with these formats. */
  DatasetOptions addTo(DatasetOptions options) {
    TableFormat.Heading first =
        heading == null
            ? TableFormat.Heading.AUTO
            : OptionValue.of("--heading", TableFormat.Heading.class, heading);
    char between = separator == null ? ',' : TableFormat.separator(separator);
    ImageFormat.Colours colours =
        imageColours == null
            ? ImageFormat.Colours.AUTO
            : OptionValue.of("--image-colours", ImageFormat.Colours.class, imageColours);
    ImageFormat images = new ImageFormat(0, 0, colours);
    return options
        .withTable(new TableFormat(between, labelColumn, first))
        .withImages(imageSize == null ? images : images.withSize(imageSize));
  }
}
