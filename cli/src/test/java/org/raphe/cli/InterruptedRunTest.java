package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.network.NeuronModel;

/** Runs that are killed or interrupted, and go on to the bits of a run that was not. */
class InterruptedRunTest {
  /** Seconds between checkpoints. */
  private static final String OFTEN = "0.05";

  private static final String SELDOM = "1000";
  private static final int KILLS = 4;

  /** Changed from one resume to the next, since bits may not depend on it. */
  private static final String[][] PLACES = {
    {"--threads", "1", "--kernels", "plain"},
    {"--threads", "2", "--kernels", "plain"},
    {"--threads", "3", "--kernels", "vector"},
    {"--threads", "7", "--kernels", "plain"}
  };

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"), 1000);
  }

  private static List<String> arguments(Path run, NeuronModel neuron, String checkpointSeconds) {
    List<String> arguments =
        SmallImages.train(data, run, "--network", "784-40-10", "--batch", "8", "--seed", "3");
    arguments.addAll(
        List.of("--neuron", neuron.toString(), "--checkpoint-seconds", checkpointSeconds));
    arguments.addAll(List.of("--kernels", "plain"));
    boolean spiking = neuron == NeuronModel.LIF;
    arguments.addAll(List.of("--epochs", spiking ? "3" : "8"));
    if (spiking) {
      arguments.addAll(List.of("--steps", "20"));
    }
    return arguments;
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(Arrays.asList(more));
    return all;
  }

  private static ChildRun start(Path run, List<String> arguments) throws IOException {
    return new ChildRun(run, "", arguments);
  }

  private static ChildRun resume(Path run, int place, String checkpointSeconds) throws IOException {
    List<String> arguments =
        List.of(
            "train",
            "--resume",
            "--out",
            run.toString(),
            "--checkpoint-seconds",
            checkpointSeconds);
    return start(run, with(arguments, PLACES[place % PLACES.length]));
  }

  private static Path uninterrupted(NeuronModel neuron) {
    Path run = temporary.resolve("uninterrupted-" + neuron);
    if (Files.notExists(run)) {
      Invocation.of(arguments(run, neuron, SELDOM)).assertDone();
    }
    return run;
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIF", "RATE"})
  void killedAgainAndAgainItEndsWithTheSameBits(NeuronModel neuron) throws Exception {
    Path run = folder.resolve("killed");
    Random random = new Random(17);
    ChildRun child = start(run, with(arguments(run, neuron, OFTEN), "--threads", "1"));
    int kills = 0;
    FileTime last = null;
    while (kills < KILLS && child.awaitCheckpoint(last)) {
      Thread.sleep(random.nextInt(60));
      child.kill();
      if (Files.exists(run.resolve("result.json"))) {
        break;
      }
      last = child.checkpointTime();
      kills++;
      child = resume(run, kills, kills < KILLS ? OFTEN : SELDOM);
    }
    if (Files.notExists(run.resolve("result.json"))) {
      child.assertDone();
    }
    assertTrue(kills >= 2, kills + " kills in mid-run");
    FinishedRun.assertSame(uninterrupted(neuron), run);
    assertEquals(
        List.of("metrics.csv", "model.safetensors", "result.json", "settings.yaml"),
        FolderContent.of(run).names().stream().filter(name -> !name.endsWith(".part")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIF", "RATE"})
  void interruptedItSaysHowToGoOnAndEndsWithTheSameBits(NeuronModel neuron) throws Exception {
    Path run = folder.resolve("interrupted");
    ChildRun child = start(run, arguments(run, neuron, OFTEN));
    assertTrue(child.awaitCheckpoint(null), child.output());
    FileTime before = child.checkpointTime();
    int status = child.terminate();
    assertEquals(143, status, child.output());
    assertFalse(Files.exists(run.resolve("result.json")), "interrupted in mid-run");
    assertNotEquals(before, child.checkpointTime(), "a last checkpoint was taken");
    String how = "stopped; continue with: raphe train --resume --out " + run;
    assertTrue(child.output().lines().anyMatch(how::equals), child.output());
    assertFalse(child.output().contains("\tat "), child.output());
    resume(run, 3, SELDOM).assertDone();
    FinishedRun.assertSame(uninterrupted(neuron), run);
  }

  /** Where learning rates are constant; the larger number is kept for a run that stops again. */
  @Test
  void itMayGoOnForMoreEpochs() throws Exception {
    List<String> constant = List.of("--schedule", "constant", "--epochs", "3");
    Path run = folder.resolve("grown");
    ChildRun child = start(run, with(small(run), constant.toArray(String[]::new)));
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    String[] resume = {"train", "--resume", "--quiet", "--out", run.toString()};
    Invocation.of(with(List.of(resume), "--epochs", "2"))
        .assertFails(Raphe.WRONG_INPUT, "begun with --epochs 3", "more, not fewer");
    Invocation.of(with(List.of(resume), "--epochs", "5")).assertDone();
    Path whole = folder.resolve("whole");
    Invocation.of(with(small(whole), "--schedule", "constant", "--epochs", "5")).assertDone();
    FinishedRun.assertSame(whole, run);
    assertTrue(Files.readString(run.resolve("settings.yaml")).contains("epochs: \"5\""));
  }

  private static List<String> small(Path run) {
    return SmallImages.train(
        data,
        run,
        "--network",
        "784-40-10",
        "--batch",
        "8",
        "--neuron",
        "rate",
        "--kernels",
        "plain",
        "--checkpoint-seconds",
        OFTEN);
  }

  @Test
  void aRunIsResumedWithItsOwnSettingsAlone() throws Exception {
    Path run = folder.resolve("other");
    ChildRun child = start(run, arguments(run, NeuronModel.RATE, OFTEN));
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    FolderContent before = FolderContent.of(run);
    String[] resume = {"train", "--resume", "--out", run.toString()};
    Invocation.of(with(List.of(resume), "--epochs=99"))
        .assertFails(Raphe.WRONG_INPUT, "begun with --epochs 8", "its learning rates fall");
    for (String other : List.of("--seed=4", "--train-limit=700", "--rule=drtp")) {
      Invocation.of(with(List.of(resume), other))
          .assertFails(
              Raphe.WRONG_INPUT,
              "cannot resume " + run + " with " + other.replace('=', ' ') + ", which the run ",
              "leave it out");
    }
    Path labels = data.resolve("train-labels-idx1-ubyte");
    byte[] labelled = Files.readAllBytes(labels);
    byte[] changed = labelled.clone();
    changed[8] = (byte) (changed[8] == 0 ? 1 : 0);
    Files.write(labels, changed);
    Invocation.of(resume).assertFails(Raphe.WRONG_INPUT, "samples of its data have changed");
    Files.write(labels, labelled);
    before.assertUnchanged(run);
    byte[] checkpoint = before.files().get("checkpoint.safetensors");
    checkpoint[checkpoint.length / 2] ^= 4;
    Files.write(run.resolve("checkpoint.safetensors"), checkpoint);
    Invocation.of(resume).assertFails(Raphe.WRONG_INPUT, "cannot resume", "damaged");
    Files.write(run.resolve("checkpoint.safetensors"), Arrays.copyOf(checkpoint, 1000));
    Invocation.of(resume).assertFails(Raphe.WRONG_INPUT, "not a usable safetensors file");
    Files.delete(run.resolve("checkpoint.safetensors"));
    Invocation.of(with(List.of(resume), "--seed=4"))
        .assertFails(Raphe.WRONG_INPUT, "with --seed 4, which the run has as 3");
    Invocation.of(resume).assertDone();
    FinishedRun.assertSame(uninterrupted(NeuronModel.RATE), run);
  }

  /** Files may have 64 KiB, as on a disk that is full; a checkpoint needs more. */
  @Test
  void aDiskThatIsFullFailsTheRunAndLeavesTheOldCheckpoint() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit with");
    Path run = folder.resolve("full");
    ChildRun child = start(run, arguments(run, NeuronModel.RATE, OFTEN));
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    byte[] before = Files.readAllBytes(run.resolve("checkpoint.safetensors"));
    List<String> resume = List.of("train", "--resume", "--out", run.toString());
    ChildRun full = new ChildRun(run, "ulimit -f 128", resume);
    assertEquals(Raphe.FAILED, full.await(), full.output());
    List<String> lines = full.output().lines().filter(line -> line.startsWith("raphe: ")).toList();
    assertEquals(1, lines.size(), full.output());
    assertTrue(lines.get(0).contains("cannot write"), lines.get(0));
    assertTrue(lines.get(0).contains("too large"), lines.get(0));
    assertFalse(full.output().contains("\tat "), full.output());
    assertArrayEquals(before, Files.readAllBytes(run.resolve("checkpoint.safetensors")));
    assertTrue(Files.notExists(run.resolve("checkpoint.safetensors.part")));
    resume(run, 0, SELDOM).assertDone();
    FinishedRun.assertSame(uninterrupted(NeuronModel.RATE), run);
  }

  /** Its first checkpoint is written before anything is learned; what it made is removed. */
  @Test
  void aDiskThatIsFullIsMetBeforeAnEpoch() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit with");
    Path run = folder.resolve("full");
    List<String> arguments = arguments(run, NeuronModel.RATE, SELDOM);
    arguments.remove("--quiet");
    ChildRun full = new ChildRun(run, "ulimit -f 128", arguments);
    full.finished().assertFails(Raphe.FAILED, "cannot write", "checkpoint.safetensors");
    assertFalse(full.output().contains("epoch "), full.output());
    assertEquals(List.of("run.lock"), FolderContent.of(run).names());
    start(run, arguments(run, NeuronModel.RATE, SELDOM)).assertDone();
    FinishedRun.assertSame(uninterrupted(NeuronModel.RATE), run);
  }

  /** An epoch of one batch has no inside to be stopped in. */
  @Test
  void epochsOfOneBatchAreStopped() throws Exception {
    Path run = folder.resolve("large-batches");
    List<String> arguments = arguments(run, NeuronModel.RATE, SELDOM);
    arguments.replaceAll(word -> word.equals("8") ? "4096" : word);
    ChildRun child = start(run, arguments);
    assertTrue(child.awaitCheckpoint(null), child.output());
    assertTrue(child.awaitCheckpoint(child.checkpointTime()), "in mid-run");
    assertStopped(run, child, "stopped; continue with: raphe train --resume --out " + run);
  }

  private static void assertStopped(Path run, ChildRun child, String how) throws Exception {
    assertEquals(143, child.terminate(), child.output());
    assertTrue(child.output().lines().anyMatch(how::equals), child.output());
    assertTrue(Files.notExists(run.resolve("result.json")));
    assertFalse(child.output().contains("\tat "), child.output());
  }

  /** A batch that takes minutes is not waited for: the first checkpoint stands. */
  @Test
  void aBatchThatDoesNotEndIsLeft() throws Exception {
    Path run = folder.resolve("long-batch");
    List<String> arguments = SmallImages.train(data, run, "--network", "784-2000-10");
    arguments.addAll(List.of("--batch", "100", "--steps", "1000", "--threads", "1"));
    arguments.addAll(List.of("--kernels", "plain", "--epochs", "1000"));
    ChildRun child = new ChildRun(run, List.of("-Xmx1g"), Map.of(), arguments);
    assertTrue(child.awaitCheckpoint(null), child.output());
    Thread.sleep(300);
    assertStopped(run, child, "stopped; continue with: raphe train --resume --out " + run);
    assertTrue(Files.exists(run.resolve("checkpoint.safetensors")));
  }

  /** The bar is closed first; nothing is drawn over how to go on. */
  @Test
  void howToGoOnStandsBelowTheBar() throws Exception {
    Path run = folder.resolve("with-a-bar");
    List<String> arguments = arguments(run, NeuronModel.RATE, OFTEN);
    arguments.remove("--quiet");
    arguments.replaceAll(word -> word.equals("8") ? "4096" : word);
    ChildRun child = new ChildRun(run, List.of("-Draphe.terminal=true"), Map.of(), arguments);
    assertTrue(child.awaitCheckpoint(null), child.output());
    Thread.sleep(500);
    String how = "stopped; continue with: raphe train --resume --out " + run;
    assertStopped(run, child, how);
    String drawn = child.output();
    assertTrue(drawn.contains("samples"), "a bar was drawn: " + drawn);
    assertTrue(drawn.endsWith(how + "\n"), drawn.substring(Math.max(0, drawn.length() - 300)));
  }

  @Test
  void aNetworkBeyondTheMemoryFailsInOneLine() throws Exception {
    Path run = folder.resolve("large");
    List<String> arguments = SmallImages.train(data, run, "--network", "784-300000-10");
    ChildRun child = start(run, arguments);
    assertEquals(Raphe.FAILED, child.await(), child.output());
    assertTrue(child.output().contains("raphe: not enough memory"), child.output());
    assertFalse(child.output().contains("\tat "), child.output());
  }
}
