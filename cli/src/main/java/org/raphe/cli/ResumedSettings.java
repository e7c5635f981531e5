package org.raphe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.training.OtherRunException;
import picocli.CommandLine.Model.CommandSpec;

/** Which settings of a run differ from those that it was to be continued with. */
final class ResumedSettings {
  /** What a run may go on with otherwise. */
  private static final Set<String> FREE =
      Set.of("backend", "device", "threads", "kernels", "sync", "checkpoint-seconds");

  private ResumedSettings() {}

  /**
   * A refusal to continue, with what differs.
   *
   * @param folder of the run
   */
  static InputException named(OtherRunException refused, CommandSpec spec, Path folder) {
    Map<String, String> run =
        ConfigFile.read(folder.resolve(ConfigFile.SETTINGS), spec.commandLine());
    List<String> others = new ArrayList<>();
    TypedOptions.of(spec)
        .forEach(
            (name, value) -> {
              String before = run.get(name);
              if (!FREE.contains(name) && !value.toString().equalsIgnoreCase(before)) {
                others.add(
                    before == null
                        ? "--" + name + " " + value + ", which the run does not set"
                        : "--" + name + " " + value + ", which the run has as " + before);
              }
            });
    if (others.isEmpty()) {
      return new InputException(
          "cannot resume "
              + folder
              + ": its settings are these, but the samples of its data have changed since, or what settings left out stands for, or its checkpoint is damaged; begin a new run",
          refused);
    }
    return new InputException(
        "cannot resume "
            + folder
            + " with "
            + String.join("; ", others)
            + (others.size() == 1 ? ": leave it out" : ": leave them out"),
        refused);
  }
}
