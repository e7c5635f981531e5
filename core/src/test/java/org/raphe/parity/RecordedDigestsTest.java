package org.raphe.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;

class RecordedDigestsTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  private RecordedDigests read(String text) throws IOException {
    return RecordedDigests.read(Files.writeString(folder.resolve("digests.txt"), text));
  }

  @Test
  void everyCaseIsRecordedAfterTenAndAfterTwoHundredBatches() {
    RecordedDigests bundled = RecordedDigests.bundled();
    assertEquals(Set.of(10, 200), bundled.batches());
    List<String> cases = ParityCase.all().stream().map(ParityCase::toString).toList();
    for (int batches : bundled.batches()) {
      assertEquals(cases, new ArrayList<>(bundled.after(batches).keySet()));
      int distinct = Set.copyOf(bundled.after(batches).values()).size();
      assertEquals(
          cases.size() - 3,
          distinct,
          "rate units learn by e-prop as by DFA, in both modes, convolutions too");
    }
  }

  @Test
  void aLineIsACaseItsBatchesAndItsDigest() throws IOException {
    RecordedDigests digests =
        read("# what follows\n\nb, batch 3  |  7 | " + DIGEST + "\na | 20 | " + DIGEST + "\n");
    assertEquals(Set.of(7, 20), digests.batches());
    assertEquals(Map.of("b, batch 3", DIGEST), digests.after(7));
    assertEquals(Map.of("a", DIGEST), digests.after(20));
    assertEquals(Map.of(), digests.after(8));
  }

  @Test
  void whatIsNoRecordIsRefusedWithItsLine() {
    String good = "a | 7 | " + DIGEST + "\n";
    assertRefused(good + good, "line 2 records a case a second time");
    assertRefused(good + "b | 0 | " + DIGEST, "line 2 is not");
    assertRefused(good + "\nb | 7 | " + DIGEST.substring(1), "line 3 is not");
    assertRefused("b | 7", "line 1 is not");
    assertRefused(" | 7 | " + DIGEST, "line 1 is not");
  }

  private void assertRefused(String text, String part) {
    String message = assertThrows(InputException.class, () -> read(text)).getMessage();
    assertTrue(message.contains("digests.txt, " + part), message);
  }
}
