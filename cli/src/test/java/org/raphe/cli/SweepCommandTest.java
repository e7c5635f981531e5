package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

/** Sweeps that end, that lose a run, and that are killed themselves. */
class SweepCommandTest {
  private static final long MOST_SECONDS = 120;

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"), 1000);
  }

  /** Seeds 1 and 2, checkpoints after each batch; long enough to be killed. */
  private List<String> sweep(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("sweep", "--dataset", "mnist"));
    arguments.addAll(List.of("--data", data.toString(), "--out", out.toString()));
    arguments.addAll(List.of("--set", "network=784-40-10", "--set", "kernels=plain"));
    arguments.addAll(List.of("--set", "checkpoint-seconds=0", "--set", "batch=8"));
    arguments.addAll(List.of("--neurons", "rate", "--seeds", "1,2"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "no " + what + " within " + MOST_SECONDS + " s");
      Thread.sleep(5);
    }
  }

  /** Children whose command line, too long for the platform's own call, holds a text. */
  private static List<ProcessHandle> runsOf(ProcessHandle sweep, String part) {
    return sweep.descendants().filter(child -> commandLine(child).contains(part)).toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  private static Path runOf(Path out, int seed) throws IOException {
    try (var entries = Files.list(out)) {
      return entries
          .filter(path -> path.getFileName().toString().endsWith("-seed" + seed))
          .findFirst()
          .orElse(out.resolve("none"));
    }
  }

  private static boolean hasCheckpoint(Path out, int seed) {
    try {
      return Files.exists(runOf(out, seed).resolve("checkpoint.safetensors"));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aRunThatIsKilledIsOneLineAndIsContinuedBySweepingAgain() throws Exception {
    Path out = folder.resolve("sweep");
    List<String> arguments = sweep(out, "--set", "epochs=6", "--jobs", "2");
    CompletableFuture<Invocation> sweeping =
        CompletableFuture.supplyAsync(() -> Invocation.of(arguments));
    await("checkpoint", () -> hasCheckpoint(out, 1) || sweeping.isDone());
    List<ProcessHandle> victims = runsOf(ProcessHandle.current(), "--seed=1");
    assertEquals(1, victims.size(), "one child makes the run");
    victims.get(0).destroyForcibly();
    Invocation swept = sweeping.get(MOST_SECONDS, TimeUnit.SECONDS);
    assertEquals(Raphe.FAILED, swept.status(), swept.err());
    List<String> failed = swept.err().lines().filter(l -> l.contains(" failed: ")).toList();
    assertEquals(1, failed.size(), swept.err());
    assertTrue(failed.get(0).contains("-seed1 failed: killed by signal 9"), failed.get(0));
    assertTrue(swept.out().contains("2 runs, 1 failed"), swept.out());
    assertTrue(Files.exists(runOf(out, 2).resolve("result.json")), "the other run is finished");

    Path page = folder.resolve("report.html");
    Invocation report =
        Invocation.of("report", out.toString(), "--out", page.toString()).assertDone();
    assertTrue(report.err().contains("-seed1 did not finish"), report.err());
    assertTrue(report.out().startsWith("runs: 1, settings: 1, missing: 1"), report.out());

    FileTime second = Files.getLastModifiedTime(runOf(out, 2).resolve("result.json"));
    Invocation again = Invocation.of(arguments).assertDone();
    assertTrue(again.err().contains("-seed2 is finished already"), again.err());
    assertEquals(second, Files.getLastModifiedTime(runOf(out, 2).resolve("result.json")));
    assertTrue(again.out().contains("report: raphe report " + out), again.out());
    String source = FinishedRun.result(runOf(out, 1)).at("/cost/energy_source").textValue();
    assertTrue(source.contains("the run was resumed"), "it went on from its checkpoint: " + source);
    assertEquals(0, FinishedRun.result(runOf(out, 1)).at("/cost/energy_parts").size());

    Path whole = folder.resolve("whole");
    List<String> alone =
        SmallImages.train(data, whole, "--network", "784-40-10", "--kernels", "plain");
    alone.addAll(List.of("--batch", "8", "--neuron", "rate", "--seed", "1", "--epochs", "6"));
    Invocation.of(alone).assertDone();
    FinishedRun.assertSame(whole, runOf(out, 1));
  }

  /** A sweep that is killed cannot clean up: its runs end by themselves, with a checkpoint. */
  @Test
  void runsEndWhenTheSweepIsKilled() throws Exception {
    Path out = folder.resolve("sweep");
    ChildRun sweeping = new ChildRun(out, "", sweep(out, "--set", "epochs=100000", "--jobs", "2"));
    await("checkpoint", () -> hasCheckpoint(out, 1) && hasCheckpoint(out, 2));
    List<ProcessHandle> runs = runsOf(ProcessHandle.current(), "--epochs=100000");
    assertEquals(2, runs.size(), sweeping.output());
    sweeping.kill();
    await("end of the runs", () -> runs.stream().noneMatch(ProcessHandle::isAlive));
    assertFalse(Files.exists(runOf(out, 1).resolve("result.json")), "it was in mid-run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--set epochs|is not OPTION=V1,V2",
        "--set epochs=|is not OPTION=V1,V2",
        "--set epochs=two|'two' is not an int",
        "--set nonsense=1|nonsense",
        "--set seed=3|--set does not take seed",
        "--set out=x|--set does not take out",
        "--set batch=1|batch is given twice",
        "--set steps=1,1|names a run twice",
        "--command evaluate|\"evaluate\" is unknown; choose train, continual, volatile or permuted",
        "--jobs 0|--jobs must be in 1..1024",
        "--devices 0,1|a backend that is named; add --set backend=cuda",
        "--devices 0,0 --set backend=cuda|each once",
        "--devices 0 --set device=1|--set does not take device",
        "--cluster-gpu|--cluster-gpu needs --cluster",
        "--cluster-processors 2|--cluster-processors needs --cluster",
        "--cluster spark://h:1 --jobs 2|--jobs is for a sweep on this machine",
        "--cluster spark://h:1 --devices 0|--devices is for a sweep on this machine",
        "--cluster spark://h:1 --cluster-processors 0|--cluster-processors must be in 1..1024",
        "--cluster spark://h:1|needs the module spark, which is not on the class path",
        "--rules naca,nacca|nacca",
        "--rules drtp,naca-competitive|learns streams",
        "--set optimizer=adam,adamm|adamm",
        "--set activation=tanh,gelu|gelu",
        "--set backend=cpu,metal|metal",
        "--set validation=10,1000|validation",
        "--set checkpoint-seconds=-1|checkpoint"
      })
  void wrongSweepsAreNamedBeforeAnythingIsMade(String more, String part) {
    Path out = folder.resolve("never");
    List<String> arguments = sweep(out, more.split(" "));
    Invocation.of(arguments).assertFails(Raphe.WRONG_INPUT, part);
    assertTrue(Files.notExists(out));
  }

  @Test
  void onlyAFolderOfItsOwnIsTaken() throws Exception {
    Path out = Files.createDirectory(folder.resolve("mine"));
    List<String> arguments = sweep(out, "--set", "epochs=1");
    Files.writeString(out.resolve("thesis.txt"), "mine");
    FolderContent before = FolderContent.of(out);
    Invocation.of(arguments).assertFails(Raphe.WRONG_INPUT, "not empty and holds no sweep");
    before.assertUnchanged(out);
    Files.delete(out.resolve("thesis.txt"));
    // What a sweep leaves, and a run of it, that were killed while they wrote their first file.
    Files.writeString(out.resolve("sweep.json.part"), "{");
    SweepFolder folderOfSweep = new SweepFolder(out);
    Path killed = Files.createDirectory(out.resolve("killed"));
    Files.writeString(killed.resolve("settings.yaml.part"), "see");
    assertThrows(InputException.class, () -> folderOfSweep.check(List.of("killed")));
    Files.writeString(out.resolve("sweep.json"), "{\"format\": 1, \"command\": \"sweep\"}");
    folderOfSweep.check(List.of("killed"));
    Files.delete(out.resolve("sweep.json"));
    Files.delete(killed.resolve("settings.yaml.part"));
    Files.delete(killed);
    Invocation done = Invocation.of(arguments).assertDone();
    assertTrue(done.err().contains("1 of 2: "), done.err());
    assertTrue(
        done.err().matches("(?s).* done in .* s, accuracy [01]\\.\\d{4}; 1 left, about .*"),
        done.err());
    List<String> table = done.out().lines().toList();
    assertTrue(table.get(0).matches("rule +neuron +network .* runs +accuracy .*"), table.get(0));
    assertTrue(
        table.get(1).matches("naca +rate .* 2 +[01]\\.\\d{4} ± 0\\.\\d{4} +test .*"), table.get(1));
    Path run = runOf(out, 1);
    Files.delete(run.resolve("result.json"));
    Files.delete(run.resolve("settings.yaml"));
    Invocation.of(arguments).assertFails(Raphe.WRONG_INPUT, run + " is not empty and holds no run");
    try (FolderLock lock = new SweepFolder(out).begin(List.of())) {
      Path other = runOf(out, 2);
      List<String> more = sweep(out, "--set", "epochs=1", "--rules", "drtp");
      Invocation.of(more).assertFails(Raphe.WRONG_INPUT, "another sweep works in " + out);
      assertTrue(Files.exists(other.resolve("result.json")));
    }
  }

  @Test
  void aNameTellsTheSettingsAndIsAFolderName() {
    Map<String, String> settings = new TreeMap<>(Map.of("rule", "naca", "seed", "3"));
    assertEquals("train-naca-seed3", new SweepRun("train", settings).name());
    String path = named("/a/../b");
    assertTrue(path.matches("train-data_a_.._b-[0-9a-f]{12}-seed1"), path);
    assertFalse(named("_a_.._b").equals(path), "another setting has another name");
    String large = named("a".repeat(5000));
    assertTrue(large.length() < 200 && large.endsWith("-seed1"), large);
  }

  private static String named(String data) {
    return new SweepRun("train", new TreeMap<>(Map.of("data", data, "seed", "1"))).name();
  }
}
