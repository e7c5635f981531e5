package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.result.RunId;

class RunFolderTest {
  private static final String ID = RunId.of("a run");
  private static final Map<String, Object> SETTINGS = Map.of("seed", "1");

  @TempDir Path temporary;
  private Path path;

  @BeforeEach
  void name() {
    path = temporary.resolve("deep/run");
  }

  private static void assertRefused(Runnable opening, String... parts) {
    InputException refused = assertThrows(InputException.class, opening::run);
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
  }

  @Test
  void aFolderIsOneRunsAtATime() {
    try (RunFolder first = RunFolder.begin(path, ID)) {
      assertRefused(() -> RunFolder.begin(path, ID), "another run works in " + path);
      first.writeSettings(SETTINGS);
      assertRefused(() -> RunFolder.begin(path, ID), path + " is not empty", "--resume");
      assertRefused(() -> RunFolder.resume(path, ID), "another run works in " + path);
    }
    try (RunFolder again = RunFolder.resume(path, ID)) {
      assertFalse(again.hadCheckpoint());
      assertRefused(() -> RunFolder.resume(path, ID), "another run works in " + path);
    }
  }

  @Test
  void aRunThatFailedBeforeItLearnedLeavesTheFolderToAnother() throws IOException {
    try (RunFolder failed = RunFolder.begin(path, ID)) {
      failed.writeSettings(SETTINGS);
      Files.writeString(failed.checkpoint(), "half");
      failed.abandon();
    }
    try (RunFolder next = RunFolder.begin(path, ID)) {
      next.writeSettings(SETTINGS);
    }
    try (RunFolder resumed = RunFolder.resume(path, ID)) {
      resumed.abandon();
    }
    assertEquals(List.of("run.lock", "settings.yaml"), FolderContent.of(path).names());
  }

  @Test
  void settingsAreResumedWithThemselvesAlone() throws IOException {
    try (RunFolder begun = RunFolder.begin(path, ID)) {
      begun.writeSettings(SETTINGS);
    }
    String other = RunId.of("another run");
    assertRefused(() -> RunFolder.resume(path, other), "other settings or other data");
    Files.writeString(path.resolve("settings.yaml"), "seed: 1\n");
    RunFolder.resume(path, other).close();
    assertRefused(() -> RunFolder.resume(temporary, ID), "nothing to resume", "settings.yaml");
    assertFalse(Files.exists(temporary.resolve("run.lock")), "nothing is left where none works");
  }

  /** One that was killed while it wrote its settings has not begun. */
  @Test
  void halfASettingsFileIsNoObstacle() throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("settings.yaml.part"), "see");
    RunFolder.begin(path, ID).close();
    Files.writeString(path.resolve("checkpoint.safetensors.part"), "half");
    assertRefused(() -> RunFolder.begin(path, ID), "not empty");
  }

  /** A run that is killed between its result and the end leaves what the next look removes. */
  @Test
  void aFinishedRunKeepsNoLockAndNoCheckpoint() throws IOException {
    try (RunFolder run = RunFolder.begin(path, ID)) {
      run.writeSettings(SETTINGS);
      Files.writeString(path.resolve("result.json"), "{}");
      assertTrue(Files.exists(path.resolve("run.lock")));
    }
    assertEquals(List.of("result.json", "settings.yaml"), FolderContent.of(path).names());
    Files.writeString(path.resolve("run.lock"), "");
    Files.writeString(path.resolve("checkpoint.safetensors"), "");
    assertRefused(() -> RunFolder.resume(path, ID), "finished run", "nothing to resume");
    assertEquals(List.of("result.json", "settings.yaml"), FolderContent.of(path).names());
  }

  @Test
  void aSweepsRunWaitsForTheOneBeforeItAndGoesOn() throws Exception {
    RunFolder first = RunFolder.beginOrResume(path, ID, Duration.ZERO);
    assertRefused(() -> RunFolder.beginOrResume(path, ID, Duration.ZERO), "another run works");
    CompletableFuture<RunFolder> second =
        CompletableFuture.supplyAsync(
            () -> RunFolder.beginOrResume(path, ID, Duration.ofMinutes(1)));
    first.writeSettings(SETTINGS);
    Files.writeString(first.checkpoint(), "a checkpoint");
    first.close();
    try (RunFolder next = second.get()) {
      assertTrue(next.hadCheckpoint());
    }
  }
}
