package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.cli.cluster.AnswerArchive;
import org.raphe.cli.cluster.ClusterAnswer.End;
import org.raphe.cli.cluster.ClusterAnswer.Header;
import org.raphe.cli.cluster.ClusterSession;
import org.raphe.cli.cluster.ClusterTask;

/** How a sweep deals with a cluster, here one that answers at once, by what a test says. */
class ClusterSweepTest {
  @TempDir Path folder;
  private final StringWriter said = new StringWriter();
  private byte[] done;

  /** A run's files, of which every run gets a copy. */
  @BeforeEach
  void makeOneRun() throws IOException {
    Path data = SmallImages.write(folder.resolve("data"));
    Path run = folder.resolve("run");
    Invocation.of(SmallImages.train(data, run, "--network=784-9-10", "--neuron=rate", "--epochs=1"))
        .assertDone();
    Header header = new Header(End.DONE, null, "w1", 2.0, 2);
    done = AnswerArchive.of(header, "log of it", run, BroughtRun.NAMES);
    Files.createDirectories(folder.resolve("out/logs"));
  }

  private static final class Cluster implements ClusterSession {
    private final Function<String, Future<byte[]>> answers;
    private final List<String> submitted = new ArrayList<>();
    private String lost;

    private Cluster(Function<String, Future<byte[]>> answers) {
      this.answers = answers;
    }

    @Override
    public int places() {
      return 2;
    }

    @Override
    public String ship(Path file) {
      throw new AssertionError("nothing is sent");
    }

    @Override
    public Future<byte[]> submit(String run, byte[] task) {
      submitted.add(ClusterTask.of(task).run());
      return answers.apply(run);
    }

    @Override
    public String lost() {
      return lost;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static List<ClusterSweep.Asked> asked(int count) {
    List<ClusterSweep.Asked> asked = new ArrayList<>();
    for (int seed = 1; seed <= count; seed++) {
      Map<String, String> settings = new LinkedHashMap<>(Map.of("seed", "" + seed));
      SweepRun run = new SweepRun("train", settings);
      asked.add(
          new ClusterSweep.Asked(
              run, new ClusterTask("v", run.name(), "train", settings, "ab", null)));
    }
    return asked;
  }

  private SweepProgress progress(List<ClusterSweep.Asked> asked) {
    return new SweepProgress(
        folder.resolve("out"),
        asked.stream().map(ClusterSweep.Asked::run).toList(),
        new PrintWriter(said));
  }

  private static byte[] answer(End end, String reason) {
    return AnswerArchive.of(new Header(end, reason, "w2", 0.1, 1), "why");
  }

  @Test
  void runsComeBackFailedOnesAreCountedAndFinishedOnesKept() throws IOException {
    List<ClusterSweep.Asked> asked = asked(20);
    Cluster cluster =
        new Cluster(
            run ->
                run.endsWith("seed7")
                    ? CompletableFuture.completedFuture(answer(End.FAILED, "no memory"))
                    : run.endsWith("seed9")
                        ? CompletableFuture.failedFuture(new RunException("given up"))
                        : CompletableFuture.completedFuture(done));
    SweepProgress progress = progress(asked);
    assertTrue(new ClusterSweep(progress, cluster, "").make(asked));
    assertEquals(2, progress.failures());
    assertTrue(said.toString().contains("seed7 failed: no memory (on w2)"), said.toString());
    assertTrue(said.toString().contains("seed9 failed: given up"), said.toString());
    assertTrue(said.toString().contains("seed1 done in 2.0 s on w1, try 2, acc"), said.toString());
    assertEquals("why", Files.readString(folder.resolve("out/logs/train--seed7.log")));
    assertTrue(RunFolder.isFinished(folder.resolve("out/train--seed20")));
    assertFalse(Files.exists(folder.resolve("out/train--seed7/result.json")));

    Cluster second = new Cluster(run -> CompletableFuture.completedFuture(done));
    assertTrue(new ClusterSweep(progress(asked), second, "").make(asked));
    assertEquals(List.of("train--seed7", "train--seed9"), second.submitted);
  }

  /** Twice the places, and never less than eight: what is handed over is what may come at once. */
  @Test
  void noMoreIsHandedOverThanIsNeeded() {
    List<CompletableFuture<byte[]>> open = new ArrayList<>();
    int[] most = new int[1];
    Cluster cluster =
        new Cluster(
            run -> {
              open.add(new CompletableFuture<>());
              most[0] = Math.max(most[0], open.size());
              if (open.size() == 8 || run.endsWith("seed30")) {
                List.copyOf(open).forEach(one -> one.complete(done));
                List<CompletableFuture<byte[]>> answered = List.copyOf(open);
                open.clear();
                return answered.get(answered.size() - 1);
              }
              return open.get(open.size() - 1);
            });
    List<ClusterSweep.Asked> asked = asked(30);
    assertTrue(new ClusterSweep(progress(asked), cluster, "").make(asked));
    assertEquals(30, cluster.submitted.size());
    assertEquals(8, most[0]);
  }

  @Test
  void aRefusalEndsTheSweepAndSoDoesTheLossOfTheCluster() {
    List<ClusterSweep.Asked> asked = asked(50);
    Cluster refusing =
        new Cluster(run -> CompletableFuture.completedFuture(answer(End.REFUSED, "not\nmine")));
    InputException refused =
        assertThrows(
            InputException.class,
            () -> new ClusterSweep(progress(asked), refusing, "").make(asked));
    assertEquals("not mine", refused.getMessage());
    assertEquals(8, refusing.submitted.size());
    Cluster gone = new Cluster(run -> CompletableFuture.failedFuture(new RunException("x")));
    gone.lost = "the cluster ended the sweep";
    RunException lost =
        assertThrows(
            RunException.class, () -> new ClusterSweep(progress(asked), gone, "").make(asked));
    assertTrue(lost.getMessage().startsWith("the cluster ended the sweep; sweep again"));
  }

  @Test
  void anAnswerWithoutAResultIsAFailedRun() {
    List<ClusterSweep.Asked> asked = asked(2);
    byte[] empty = AnswerArchive.of(new Header(End.DONE, null, "w", 1, 1), "");
    SweepProgress progress = progress(asked);
    Cluster cluster =
        new Cluster(
            run -> CompletableFuture.completedFuture(run.endsWith("1") ? empty : new byte[9]));
    assertTrue(new ClusterSweep(progress, cluster, "").make(asked));
    assertEquals(2, progress.failures());
    assertTrue(said.toString().contains("the worker sent no result"), said.toString());
  }
}
