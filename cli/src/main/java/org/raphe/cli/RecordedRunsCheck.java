package org.raphe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.cli.verify.Check;
import org.raphe.cli.verify.Finding;
import org.raphe.cli.verify.Outcome;
import org.raphe.cli.verify.Task;
import org.raphe.result.ReadResult;
import org.raphe.result.RunResult;
import picocli.CommandLine;

/** Short runs, as they are typed, end with the weights and the accuracy once recorded of them. */
final class RecordedRunsCheck implements Check {
  private final List<RecordedRun> all;
  private final List<String> onBackend;
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param all the runs, of which the scope chooses
   * @param onBackend the options that name backend and device
   */
  RecordedRunsCheck(List<RecordedRun> all, List<String> onBackend) {
    this.all = all;
    this.onBackend = onBackend;
  }

  @Override
  public String name() {
    return "recorded runs";
  }

  @Override
  public Finding run(Task task) {
    List<RecordedRun> runs =
        all.stream().filter(run -> run.command().startsWith(task.scope().recordedRuns())).toList();
    for (RecordedRun run : runs) {
      compare(run, result(run));
    }
    String which = runs.size() + " of " + all.size() + " short runs";
    boolean passed = faults.isEmpty() && !runs.isEmpty();
    String measured =
        passed
            ? which + ": weights and accuracy as recorded"
            : faults.size() + " of " + which + " ended otherwise than recorded";
    return new Finding(
        passed ? Outcome.PASSED : Outcome.FAILED, measured, List.copyOf(faults), figures);
  }

  /** Runs it in a folder that is gone afterwards; what it wrote to result.json. */
  private RunResult result(RecordedRun run) {
    try {
      Path folder = Files.createTempDirectory("raphe-verify");
      Path out = folder.resolve("run");
      try {
        execute(run.arguments(onBackend, out));
        return ReadResult.of(out.resolve(RunFolder.RESULT)).result();
      } finally {
        remove(folder, out);
      }
    } catch (IOException e) {
      throw new RunException("cannot keep a run in a temporary folder: " + IoFailure.reason(e), e);
    }
  }

  private static void execute(List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said, true);
    CommandLine commands = Raphe.commands().setOut(to).setErr(to);
    if (commands.execute(arguments.toArray(String[]::new)) != Raphe.DONE) {
      to.flush();
      throw new RunException(String.join(" ", arguments) + ": " + said.toString().strip());
    }
  }

  private static void remove(Path folder, Path out) throws IOException {
    if (Files.exists(out)) {
      for (String name : out.toFile().list()) {
        Files.delete(out.resolve(name));
      }
      Files.delete(out);
    }
    Files.delete(folder);
  }

  private void compare(RecordedRun run, RunResult result) {
    String weights = result.weightsSha256();
    String accuracy = String.valueOf(result.testAccuracy());
    figures.put(run.command(), weights + ", accuracy " + accuracy);
    if (!weights.equals(run.weights()) || !accuracy.equals(run.accuracy())) {
      String recorded = run.weights() + ", accuracy " + run.accuracy();
      faults.add(run + ": " + weights + ", accuracy " + accuracy + "; recorded " + recorded);
    }
  }
}
