package org.raphe.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.cli.cluster.ClusterAnswer.End;
import org.raphe.cli.cluster.ClusterAnswer.Header;

/** What comes from workers: whole, or refused. */
class AnswerArchiveTest {
  private static final List<String> NAMES = List.of("result.json", "model.safetensors");
  private static final Header DONE = new Header(End.DONE, null, "here", 1.5, 2);

  @TempDir Path folder;

  private byte[] packed() throws IOException {
    byte[] model = new byte[100_000];
    new Random(3).nextBytes(model);
    Files.write(folder.resolve("model.safetensors"), model);
    Files.writeString(folder.resolve("result.json"), "{}");
    return AnswerArchive.of(DONE, "a line\n", folder, NAMES);
  }

  @Test
  void filesComeBackAsTheyWere() throws IOException {
    ClusterAnswer answer = AnswerArchive.read(packed(), NAMES);
    assertEquals(DONE, answer.header());
    assertEquals("a line\n", answer.log());
    assertEquals(2, answer.files().size());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("model.safetensors")),
        answer.files().get("model.safetensors"));
  }

  @Test
  void whatNoRunLeavesIsNotSent() throws IOException {
    Files.writeString(folder.resolve("core.4711"), "");
    InputException e =
        assertThrows(
            InputException.class, () -> AnswerArchive.of(DONE, "", folder, List.of("result.json")));
    assertTrue(e.getMessage().contains("core.4711"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run/../../etc/passwd", "run/other", "/result.json", "result.json", "run/"})
  void aNameThatNoFileOfARunHasIsRefused(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(1);
    }
    InputException e =
        assertThrows(InputException.class, () -> AnswerArchive.read(bytes.toByteArray(), NAMES));
    assertTrue(e.getMessage().contains("no run leaves"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"end\": \"DONE\", \"reason\": \"why\", \"host\": \"h\", \"seconds\": 1, \"attempt\": 1}",
        "{\"end\": \"FAILED\", \"host\": \"h\", \"seconds\": 1, \"attempt\": 1}",
        "{\"end\": \"SOLD\", \"host\": \"h\", \"seconds\": 1, \"attempt\": 1}",
        "{\"end\": \"DONE\", \"seconds\": 1, \"attempt\": 1}",
        "[]",
        ""
      })
  void aHeaderThatSaysNoEndIsRefused(String header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("answer.json"));
      zip.write(header.getBytes());
      zip.putNextEntry(new ZipEntry("log.txt"));
    }
    assertThrows(InputException.class, () -> AnswerArchive.read(bytes.toByteArray(), NAMES));
  }

  /** 3,000 answers with bytes changed or cut off: refused, or read with what bounds allow. */
  @Test
  void brokenAnswersAreRefusedInALine() throws IOException {
    byte[] whole = AnswerArchive.of(DONE, "a line\n");
    Random random = new Random(11);
    int refused = 0;
    for (int k = 0; k < 3000; k++) {
      byte[] broken =
          java.util.Arrays.copyOf(whole, k % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int change = 0; change < 1 + k % 4 && broken.length > 0; change++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        assertNotNull(AnswerArchive.read(broken, NAMES).header().end());
      } catch (InputException e) {
        refused++;
        assertTrue(!e.getMessage().contains("\n"), e.getMessage());
      }
    }
    assertTrue(refused > 2000, "refused " + refused);
  }

  @Test
  void aTaskComesAsItWasAndIsRefusedWhenItIsNone() {
    ClusterTask task =
        new ClusterTask(
            "0.1.0 (commit a)", "run", "train", java.util.Map.of("seed", "1"), "ab", null);
    assertEquals(task, ClusterTask.of(task.bytes()));
    assertThrows(InputException.class, () -> ClusterTask.of(new byte[] {'{', '}'}));
    assertThrows(InputException.class, () -> ClusterTask.of(new byte[40]));
  }
}
