package org.raphe.cli;

import java.util.List;
import org.raphe.InputException;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Tasks that permute features: how many, and of how many samples. */
@OptionGroup.Of(OptionGroup.STREAM)
final class PermutedOptions {
  /** What tasks that are shown once, and never tested, have no use for. */
  private static final List<String> UNUSED = List.of("--epochs", "--schedule", "--test-limit");

  @Option(
      names = "--tasks",
      defaultValue = "200",
      paramLabel = "N",
      description = "Tasks, each with its own order of all features. Default: ${DEFAULT-VALUE}.")
  int tasks;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Training samples that a task shows, each once, drawn anew. Default: all.")
  Integer samples;

  /** The tasks of a data set. */
  ExperienceStream of(Dataset dataset, long seed) {
    int shown = samples == null ? dataset.train().size() : samples;
    return ExperienceStream.permuted(dataset, tasks, shown, seed);
  }

  void refuseUnused(CommandSpec spec) {
    for (String name : UNUSED) {
      OptionSpec option = spec.findOption(name);
      if (option != null && option.getValue() != null) {
        throw new InputException(
            name + " is not for permuted tasks, which show every sample once and test none");
      }
    }
  }
}
