package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.parity.ParityCase;

class ParityCommandTest {
  @TempDir Path folder;

  private Invocation check() {
    return Invocation.of("parity", "--vectors", folder.toString());
  }

  private void write(String name, String modulation) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "{\"cases\":[{\"lambda_inv\":0.5,\"theta_max\":1.2,\"level\":[0.5],\"modulation\":["
            + modulation
            + "]}]}");
  }

  @Test
  void everyCaseIsARowOfTheSameBits() {
    List<String> rows =
        Invocation.of("parity", "--batches", "20").assertDone().out().lines().toList();
    for (ParityCase parityCase : ParityCase.all()) {
      assertEquals(
          1,
          rows.stream()
              .filter(row -> row.matches("\\Q" + parityCase + "\\E +same bits +[0-9a-f]{64} *"))
              .count(),
          parityCase.toString());
    }
  }

  @Test
  void aWrongNumberFailsTheCheckAndIsShown() throws IOException {
    Files.writeString(folder.resolve("snn_conv.json"), "{\"topology\": \"CONV_3_3_1_1_FC_4\"}");
    write("modulation.json", "0.0");
    Invocation passed = check().assertDone();
    assertTrue(passed.out().matches("(?s).*modulation.json +cpu +passed .*"), passed.out());
    assertTrue(passed.out().matches("(?s).*snn_conv.json +cpu +skipped +conv.*"), passed.out());
    write("modulation_wrong.json", "0.25");
    Invocation failed = check();
    assertEquals(Raphe.FAILED, failed.status());
    assertTrue(
        failed.out().matches("(?s).*modulation_wrong.json +cpu +failed .*0.25.*"), failed.out());
    assertTrue(failed.out().matches("(?s).*modulation.json +cpu +passed .*"), failed.out());
  }

  @Test
  void whatIsNoRecordingIsWrongInput() throws IOException {
    check().assertFails(Raphe.WRONG_INPUT, "no recorded vectors");
    Invocation.of("parity", "--vectors", folder.resolve("absent").toString())
        .assertFails(Raphe.WRONG_INPUT, "cannot list");
    Files.writeString(folder.resolve("bad.json"), "{\n\"a\": oh\n}");
    check().assertFails(Raphe.WRONG_INPUT, "bad.json", "not JSON");
    Files.writeString(folder.resolve("bad.json"), "{\"topology\": \"FC_4\", \"steps\": []}");
    check().assertFails(Raphe.WRONG_INPUT, "bad.json");
  }
}
