package org.raphe.cli;

import org.raphe.data.Dataset;
import org.raphe.data.LabelNoise;
import picocli.CommandLine.Option;

/** Labels of training samples that are made wrong. */
@OptionGroup.Of(OptionGroup.DATA)
final class LabelNoiseOptions {
  @Option(
      names = "--label-noise",
      paramLabel = "P",
      description =
          "Replace each training label, with probability P, by one drawn from all classes; test and validation labels stay. Default: 0.")
  Double share;

  /** The data set with such labels. */
  Dataset apply(Dataset dataset, long seed) {
    return share == null ? dataset : LabelNoise.of(dataset, share, seed);
  }
}
