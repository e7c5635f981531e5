package org.raphe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.cli.cluster.ClusterSession;
import org.raphe.cli.cluster.ClusterSettings;
import org.raphe.cli.cluster.ClusterTask;
import org.raphe.cli.cluster.ShippedData;
import org.raphe.cli.cluster.SweepCluster;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.rule.Rules;

/** The runs of a sweep as a cluster is asked for them, checked before it is connected to. */
final class ClusterRuns {
  private final ClusterOptions options;
  private final List<SweepRun> runs;
  private final Map<SweepRun, String> digests;
  private final SweepCluster engine;
  private final ClusterSettings settings;

  /**
   * @throws InputException if a run cannot be made, or there is no way to a cluster
   */
  ClusterRuns(ClusterOptions options, List<SweepRun> runs, SweepCheck check) {
    this.options = options;
    this.runs = runs;
    engine = options.engine();
    settings =
        options.asked(
            runs.stream().anyMatch(run -> Rules.named(run.settings().get("rule")).needsEngine()));
    digests = check.elsewhere(options.gpu);
  }

  /**
   * Makes all runs that are not finished.
   *
   * @return false if the process is being stopped
   */
  boolean make(SweepProgress progress) {
    Path folder = temporary();
    try (ClusterSession session = engine.open(settings, progress::say)) {
      Map<Path, String> shipped = new LinkedHashMap<>();
      List<ClusterSweep.Asked> asked = new ArrayList<>();
      for (SweepRun run : runs) {
        Path data = options.shipData ? data(run) : null;
        String name =
            data == null
                ? null
                : shipped.computeIfAbsent(
                    data, path -> session.ship(packed(path, folder, shipped.size())));
        asked.add(new ClusterSweep.Asked(run, task(run, name)));
      }
      return new ClusterSweep(progress, session, asks()).make(asked);
    } finally {
      remove(folder);
    }
  }

  private ClusterTask task(SweepRun run, String shipped) {
    Map<String, String> told = new LinkedHashMap<>(run.settings());
    // A worker stands in another folder.
    told.computeIfPresent(
        "dataset",
        (key, name) ->
            DatasetCatalog.isPath(name) ? Path.of(name).toAbsolutePath().toString() : name);
    return new ClusterTask(
        BuildVersion.words(), run.name(), run.command(), told, digests.get(run), shipped);
  }

  /** The files of a run's data set on this machine. */
  private static Path data(SweepRun run) {
    String folder = run.settings().get("data");
    String name = run.settings().get("dataset");
    if (folder == null && !DatasetCatalog.isPath(name)) {
      throw new InputException(
          "--cluster-ship-data has nothing to send of "
              + name
              + "; name its folder with --data, or leave it to the workers' caches");
    }
    return Path.of(folder == null ? name : folder).toAbsolutePath().normalize();
  }

  private static Path packed(Path data, Path folder, int number) {
    Path archive = folder.resolve("data-" + number + ".zip");
    ShippedData.pack(data, archive);
    return archive;
  }

  private String asks() {
    return "a run asks for "
        + settings.processors()
        + " processor(s)"
        + (settings.gpu() ? ", a GPU" : "")
        + " and the memory of an executor (--cluster-set spark.executor.memory); the master's page"
        + " shows what workers have free";
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("raphe-sweep-");
    } catch (IOException e) {
      throw new RunException("cannot make a temporary folder: " + IoFailure.reason(e), e);
    }
  }

  private static void remove(Path folder) {
    try (var entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Files.delete(entry);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new RunException("cannot remove " + folder + ": " + IoFailure.reason(e), e);
    }
  }
}
