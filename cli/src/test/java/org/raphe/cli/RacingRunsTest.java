package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.result.RunId;

/** Processes that are started at the same time, again and again, and want the same folder. */
class RacingRunsTest {
  private static final int ROUNDS = 20;
  private static final int FEWER_ROUNDS = 10;
  private static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final List<String> FINISHED =
      List.of("metrics.csv", "model.safetensors", "result.json", "settings.yaml");

  @TempDir static Path temporary;
  private static Path data;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private static List<String> train(int seed, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--dataset=mnist", "--data=" + data, "--quiet"));
    arguments.addAll(List.of("--network=784-10-10", "--neuron=rate", "--epochs=1"));
    arguments.addAll(List.of("--threads=1", "--kernels=plain", "--seed=" + seed));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** A process that works in a folder; {@code name} is that of its output. */
  private static ChildRun start(Path folder, String name, List<String> arguments)
      throws IOException {
    return new ChildRun(folder.resolve(name), "cd '" + folder + "'", QUICK, Map.of(), arguments);
  }

  /** One of two has the folder, and the other is refused in one line. */
  private static void assertOneRefused(Path run, List<ChildRun> two) throws Exception {
    Invocation one = two.get(0).finished();
    Invocation other = two.get(1).finished();
    Invocation refused = one.status() == Raphe.DONE ? other : one;
    (refused == other ? one : other).assertDone();
    String said = refused.assertFails(Raphe.WRONG_INPUT, run.getFileName().toString()).err();
    assertTrue(
        said.contains("another run works in")
            || said.contains("is not empty")
            || said.contains("holds a finished run"),
        said);
    assertWhole(run);
  }

  /** Of one run, all of it, and nothing else. */
  private static void assertWhole(Path run) throws IOException {
    assertEquals(FINISHED, FolderContent.of(run).names());
    RunId.checkOne(run, null);
    String id = FinishedRun.result(run).get("run_id").textValue();
    assertEquals(id, RunId.ofSettings(run.resolve("settings.yaml")));
  }

  @Test
  void twoRunsIntoOneFolderEndAsOneRunAndOneRefusal() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path folder = Files.createDirectory(temporary.resolve("out" + round));
      List<ChildRun> two = new ArrayList<>();
      for (int seed = 1; seed <= 2; seed++) {
        two.add(start(folder, "seed" + seed, train(seed, "--out=one")));
      }
      assertOneRefused(folder.resolve("one"), two);
    }
  }

  @Test
  void twoRunsWithNoFolderNamedHaveAFolderEach() throws Exception {
    for (int round = 0; round < FEWER_ROUNDS; round++) {
      Path folder = Files.createDirectory(temporary.resolve("named" + round));
      ChildRun first = start(folder, "first", train(1));
      ChildRun second = start(folder, "second", train(1));
      first.finished().assertDone();
      second.finished().assertDone();
      try (Stream<Path> entries = Files.list(folder.resolve("runs"))) {
        List<Path> runs = entries.toList();
        assertEquals(2, runs.size(), runs.toString());
        for (Path run : runs) {
          assertWhole(run);
        }
      }
    }
  }

  @Test
  void twoThatResumeARunEndAsOneRunAndOneRefusal() throws Exception {
    Path first = temporary.resolve("first");
    Invocation.of(train(1, "--out=" + first)).assertDone();
    for (int round = 0; round < FEWER_ROUNDS; round++) {
      Path folder = Files.createDirectory(temporary.resolve("resumed" + round));
      Path run = Files.createDirectory(folder.resolve("one"));
      Files.copy(first.resolve("settings.yaml"), run.resolve("settings.yaml"));
      List<ChildRun> two = new ArrayList<>();
      for (String name : List.of("first", "second")) {
        two.add(start(folder, name, List.of("train", "--resume", "--out=one", "--quiet")));
      }
      assertOneRefused(run, two);
      FinishedRun.assertSame(first, run);
    }
  }
}
