package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.cli.cluster.AnswerArchive;
import org.raphe.cli.cluster.ClusterAnswer;
import org.raphe.cli.cluster.ClusterAnswer.End;
import org.raphe.cli.cluster.ClusterTask;
import org.raphe.cli.cluster.ShippedData;

/** A run as a worker makes it: that of a local sweep, or one line that says why not. */
class WorkerRunTest {
  @TempDir Path folder;
  private Path data;
  private Path work;
  private String sha256;

  @BeforeEach
  void writeImages() throws IOException {
    data = SmallImages.write(folder.resolve("data"));
    work = Files.createDirectory(folder.resolve("work"));
    SweepRun run = new SweepRun("train", settings());
    sha256 = new SweepCheck(List.of(run), folder.resolve("none")).elsewhere(false).get(run);
  }

  @AfterEach
  void leaveTheWorker() {
    System.clearProperty(RunEnergy.ON_CLUSTER);
  }

  private Map<String, String> settings(String... more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "mnist");
    settings.put("data", data.toString());
    settings.put("rule", "naca");
    settings.put("neuron", "rate");
    settings.put("network", "784-20-10");
    settings.put("epochs", "1");
    settings.put("kernels", "plain");
    settings.put("seed", "5");
    for (int k = 0; k < more.length; k += 2) {
      settings.put(more[k], more[k + 1]);
    }
    return settings;
  }

  private ClusterAnswer answer(
      String raphe, Map<String, String> settings, String digest, String shipped, Integer device) {
    ClusterTask task = new ClusterTask(raphe, "a run", "train", settings, digest, shipped);
    WorkerPlace place =
        new WorkerPlace("somewhere", work, device, 3, name -> folder.resolve(name).toString());
    return AnswerArchive.read(WorkerRun.make(task.bytes(), place), BroughtRun.NAMES);
  }

  private ClusterAnswer answer(Map<String, String> settings) {
    return answer(BuildVersion.words(), settings, sha256, null, null);
  }

  @Test
  void aRunIsThatOfALocalSweepAndLeavesNothingOnTheWorker() throws IOException {
    ClusterAnswer answer = answer(settings());
    assertEquals(End.DONE, answer.header().end(), answer.log());
    assertEquals("somewhere", answer.header().host());
    assertEquals(3, answer.header().attempt());
    Path brought = folder.resolve("brought");
    BroughtRun.put(brought, answer.files());
    Path local = folder.resolve("local");
    SweepRun run = new SweepRun("train", settings());
    Invocation.of(run.arguments(local, null)).assertDone();
    FinishedRun.assertSame(local, brought);
    assertEquals(
        Files.readString(local.resolve("settings.yaml")),
        Files.readString(brought.resolve("settings.yaml")));
    assertTrue(RunFolder.isFinished(brought));
    String source = FinishedRun.result(brought).at("/cost/energy_source").textValue();
    assertTrue(source.contains("cluster"), source);
    try (var left = Files.list(work)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void dataThatWereSentAreTaken() throws IOException {
    ShippedData.pack(data, folder.resolve("sent.zip"));
    Path away = Files.move(data, folder.resolve("away"));
    ClusterAnswer refused = answer(settings());
    assertEquals(End.REFUSED, refused.header().end());
    assertTrue(refused.header().reason().contains(data.toString()), refused.header().reason());
    ClusterAnswer done = answer(BuildVersion.words(), settings(), sha256, "sent.zip", null);
    assertEquals(End.DONE, done.header().end(), done.log());
    String settings = new String(done.files().get("settings.yaml"));
    assertTrue(settings.contains(data.toString()), "what was typed stands there: " + settings);
    Files.move(away, data);
  }

  @Test
  void whatAWorkerIsNotFitForIsRefused() {
    ClusterAnswer version = answer("0.0.9 (commit a)", settings(), sha256, null, null);
    assertEquals(End.REFUSED, version.header().end());
    assertTrue(version.header().reason().contains("raphe 0.0.9 (commit a)"));
    ClusterAnswer data = answer(BuildVersion.words(), settings(), "f".repeat(64), null, null);
    assertEquals(End.REFUSED, data.header().end());
    assertTrue(
        data.header()
            .reason()
            .contains("has the digest " + sha256.substring(0, 16) + " and not fff"),
        data.header().reason());
  }

  @Test
  void aRunThatFailsSaysWhyAndTheDeviceIsTheOneGiven() {
    ClusterAnswer failed = answer(settings("network", "784-20-9"));
    assertEquals(End.FAILED, failed.header().end());
    assertTrue(failed.header().reason().contains("9"), failed.header().reason());
    assertTrue(failed.log().contains("raphe: " + failed.header().reason()), failed.log());
    Map<String, String> onGpu = settings("backend", "cpu");
    ClusterAnswer device = answer(BuildVersion.words(), onGpu, sha256, null, 6);
    assertEquals("the CPU backend has device 0 only, not 6", device.header().reason());
  }
}
