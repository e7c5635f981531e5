package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.result.RunId;

/**
 * Runs and sweeps that are killed by SIGKILL at any moment - while Java starts, before the first
 * checkpoint, while files are written - and go on to the bits of a run that was not. By hand with
 * more kills: {@code -Draphe.kills=200}.
 */
class KilledRunsTest {
  private static final int KILLS = Integer.getInteger("raphe.kills", 10);
  private static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final List<String> FINISHED =
      List.of("metrics.csv", "model.safetensors", "result.json", "settings.yaml");

  /** What is killed; each is a command without its folder. */
  private enum Kind {
    SPIKING("train", "--neuron=lif", "--steps=10", "--epochs=3"),
    RATE("train", "--neuron=rate", "--epochs=8", "--checkpoint-seconds=0"),
    STREAM("continual", "--neuron=rate", "--epochs=4", "--checkpoint-seconds=0"),
    BASELINE("continual", "--baseline=class-mean"),
    SWEEP("sweep", "--neurons=rate", "--seeds=1,2", "--set=epochs=4", "--jobs=2");

    private final List<String> words;

    Kind(String... words) {
      this.words = List.of(words);
    }

    List<String> arguments(Path data, Path out) {
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("--dataset=mnist", "--data=" + data, "--out=" + out));
      if (this == SWEEP) {
        all.addAll(List.of("--set=network=784-20-10", "--set=threads=1", "--set=kernels=plain"));
        all.addAll(List.of("--set=checkpoint-seconds=0"));
      } else if (this == BASELINE) {
        all.addAll(List.of("--threads=1", "--quiet"));
      } else {
        all.addAll(List.of("--network=784-20-10", "--threads=1", "--kernels=plain", "--quiet"));
      }
      return all;
    }
  }

  @TempDir Path temporary;

  private final Map<Kind, Long> millis = new LinkedHashMap<>();
  private final Random random = new Random(20);
  private Path data;
  private int kills;

  @Test
  void killedAtAnyMomentAllEndWithTheSameBits() throws Exception {
    data = SmallImages.write(temporary.resolve("data"));
    Map<String, Integer> found = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      long from = System.nanoTime();
      start(kind, whole(kind), 0).finished().assertDone();
      millis.put(kind, (System.nanoTime() - from) / 1_000_000);
    }
    for (int number = 0; kills < KILLS; number++) {
      Kind kind = Kind.values()[number % Kind.values().length];
      Path out = temporary.resolve("killed" + number);
      killAndGoOn(kind, out, found);
      assertSame(kind, out);
    }
    System.out.println(kills + " kills, all ended with the same bits; they found " + found);
  }

  private Path whole(Kind kind) {
    return temporary.resolve("whole-" + kind);
  }

  /** Kills a run never, once or twice. */
  private void killAndGoOn(Kind kind, Path out, Map<String, Integer> found) throws Exception {
    for (int start = 0; ; start++) {
      ChildRun child = start(kind, out, start);
      if (kills < KILLS && start < 2 && random.nextInt(4) > 0) {
        Thread.sleep(random.nextLong(millis.get(kind) + 1));
        if (child.killIfAlive()) {
          kills++;
          found.merge(kind + " " + stage(kind, out), 1, Integer::sum);
          continue;
        }
      }
      Invocation ended = child.finished();
      if (kind != Kind.SWEEP && ended.err().contains("holds a finished run")) {
        ended.assertFails(Raphe.WRONG_INPUT, "nothing to resume");
      } else {
        ended.assertDone();
      }
      return;
    }
  }

  /** Begins, or goes on with what a kill left. */
  private ChildRun start(Kind kind, Path out, int number) throws IOException {
    List<String> arguments = kind.arguments(data, out);
    if (kind != Kind.SWEEP && Files.exists(out.resolve("settings.yaml"))) {
      arguments = List.of(kind.words.get(0), "--resume", "--out=" + out, "--quiet");
    }
    Path name = out.resolveSibling(out.getFileName() + "-" + number);
    return new ChildRun(name, QUICK, Map.of(), arguments);
  }

  /** What a kill left: it tells that kills come at many moments. */
  private static String stage(Kind kind, Path out) throws IOException {
    if (kind == Kind.SWEEP) {
      return Files.exists(out.resolve("sweep.json")) ? "begun" : "nothing";
    }
    for (String file : List.of("result.json", "model.safetensors")) {
      if (Files.exists(out.resolve(file))) {
        return file;
      }
    }
    return Files.exists(out.resolve("checkpoint.safetensors"))
        ? "checkpoint"
        : Files.exists(out.resolve("settings.yaml")) ? "settings" : "nothing";
  }

  private void assertSame(Kind kind, Path out) throws IOException {
    if (kind != Kind.SWEEP) {
      assertSame(whole(kind), out, kind == Kind.BASELINE);
      return;
    }
    try (Stream<Path> entries = Files.list(whole(kind))) {
      List<Path> runs = entries.filter(entry -> entry.toString().contains("-seed")).toList();
      assertEquals(2, runs.size(), runs.toString());
      for (Path run : runs) {
        assertSame(run, out.resolve(run.getFileName()), false);
      }
    }
  }

  private static void assertSame(Path whole, Path run, boolean withoutModel) throws IOException {
    List<String> names =
        FolderContent.of(run).names().stream().filter(name -> !name.endsWith(".part")).toList();
    assertTrue(FINISHED.containsAll(names), run + " holds " + names);
    assertEquals(withoutModel ? 3 : 4, names.size(), names.toString());
    RunId.checkOne(run, null);
    if (withoutModel) {
      assertEquals(
          FinishedRun.result(whole).get("weights_sha256"),
          FinishedRun.result(run).get("weights_sha256"));
      assertEquals(
          FinishedRun.result(whole).get("accuracy_matrix"),
          FinishedRun.result(run).get("accuracy_matrix"));
    } else {
      FinishedRun.assertSame(whole, run);
    }
  }
}
