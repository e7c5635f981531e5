package org.raphe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.cli.cluster.AnswerArchive;
import org.raphe.cli.cluster.ClusterAnswer.End;
import org.raphe.cli.cluster.ClusterAnswer.Header;
import org.raphe.cli.cluster.ClusterTask;
import org.raphe.cli.cluster.ShippedData;
import picocli.CommandLine;

/**
 * A run of a sweep in the process of a worker: the command that a local sweep gives to a process of
 * its own, in a folder that goes back to where the sweep was started.
 */
public final class WorkerRun {
  private final ClusterTask task;
  private final WorkerPlace place;
  private final LogTail log = new LogTail(AnswerArchive.MOST_OF_LOG);

  private WorkerRun(ClusterTask task, WorkerPlace place) {
    this.task = task;
    this.place = place;
  }

  /**
   * Makes a run.
   *
   * @param task bytes of a {@link ClusterTask}
   * @return an answer, as {@link AnswerArchive} packs it: the run's files, or why there are none
   * @throws RunException if the worker's disk fails; another may do better
   */
  public static byte[] make(byte[] task, WorkerPlace place) {
    ClusterTask asked = ClusterTask.of(task);
    // Numbers are written alike in every locale, also by what does not ask for one.
    Locale.setDefault(Locale.ROOT);
    VectorModule.bringIn();
    System.setProperty(RunEnergy.ON_CLUSTER, "true");
    return new WorkerRun(asked, place).make();
  }

  private byte[] make() {
    if (!BuildVersion.words().equals(task.raphe())) {
      return refused(
          "has raphe "
              + BuildVersion.words()
              + ", and the sweep was started by raphe "
              + task.raphe()
              + "; put the same on its class path, or none, and it is sent");
    }
    Path folder = place.folder().resolve("run-" + UUID.randomUUID());
    try {
      return make(folder);
    } finally {
      remove(folder);
    }
  }

  private byte[] make(Path folder) {
    long from = System.nanoTime();
    ExpectedData data = new ExpectedData(task.dataSha256(), shipped());
    int status = execute(folder, data);
    double seconds = (System.nanoTime() - from) / 1e9;
    if (data.fault() != null) {
      return refused("cannot make runs of this sweep: " + data.fault());
    }
    if (status != Raphe.DONE) {
      return AnswerArchive.of(header(End.FAILED, log.failure(status), seconds), log.toString());
    }
    try {
      Header header = header(End.DONE, null, seconds);
      return AnswerArchive.of(header, log.toString(), folder, BroughtRun.NAMES);
    } catch (InputException e) {
      return AnswerArchive.of(header(End.FAILED, e.getMessage(), seconds), log.toString());
    }
  }

  private int execute(Path folder, ExpectedData data) {
    CommandLine commands = Raphe.commands();
    CommandLine command = commands.getSubcommands().get(task.command());
    if (command == null || !(command.getCommand() instanceof SweptCommand swept)) {
      throw new InputException("a task of a sweep is broken: it names no command of runs");
    }
    swept.data().expected = data;
    try (PrintWriter printed = new PrintWriter(log)) {
      commands.setOut(printed);
      commands.setErr(printed);
      SweepRun run = new SweepRun(task.command(), task.settings());
      return Raphe.execute(commands, run.arguments(folder, place.device()).toArray(String[]::new));
    }
  }

  private Path shipped() {
    return task.shipped() == null
        ? null
        : ShippedData.unpacked(
            Path.of(place.files().apply(task.shipped())),
            place.folder().resolve("data-" + task.shipped()));
  }

  private byte[] refused(String why) {
    return AnswerArchive.of(
        header(End.REFUSED, "the worker on " + place.host() + " " + why, 0), log.toString());
  }

  private Header header(End end, String reason, double seconds) {
    return new Header(end, reason, place.host(), seconds, place.attempt());
  }

  private static void remove(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new RunException(
          "cannot remove the run's folder " + folder + ": " + IoFailure.reason(e), e);
    }
  }
}
