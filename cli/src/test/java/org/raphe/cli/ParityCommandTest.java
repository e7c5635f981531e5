package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.parity.ParityCase;
import org.raphe.parity.RecordedDigests;

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

  /** All loops and teams of the CPU backend come to what was recorded. */
  @Test
  void everyCaseIsARowOfTheRecordedBits() {
    List<String> rows =
        Invocation.of("parity", "--batches", "10").assertDone().out().lines().toList();
    assertTrue(rows.stream().anyMatch(row -> row.contains(", and recorded digests ")));
    Map<String, String> recorded = RecordedDigests.bundled().after(10);
    for (ParityCase parityCase : ParityCase.all()) {
      String row = "\\Q" + parityCase + "\\E +same bits +" + recorded.get(parityCase.toString());
      assertEquals(1, rows.stream().filter(given -> given.strip().matches(row)).count(), row);
    }
  }

  private Invocation compare(String batches, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("digests.txt"), text);
    return Invocation.of("parity", "--batches", batches, "--digests", file.toString());
  }

  /** The digests of one batch, recorded here; then a wrong one, one too few and one too many. */
  @Test
  void digestsThatAreNotTheRecordedOnesFail() throws IOException {
    Pattern row = Pattern.compile("(?m)^(.*\\S) +same bits +([0-9a-f]{64}) *$");
    String alone = Invocation.of("parity", "--batches", "1").assertDone().out();
    assertTrue(alone.contains("recorded of 10 or 200 batches, not of 1"), alone);
    List<String> recorded =
        row.matcher(alone).results().map(r -> r.group(1) + " | 1 | " + r.group(2)).toList();
    assertEquals(ParityCase.all().size(), recorded.size());
    compare("1", String.join("\n", recorded)).assertDone();
    String first = recorded.get(0);
    char last = first.charAt(first.length() - 1);
    String wrong = first.substring(0, first.length() - 1) + (last == '0' ? '1' : '0');
    String second = recorded.get(1);
    String text =
        String.join("\n", recorded).replace(first, wrong).replace(second, "absent" + second);
    Invocation failed = compare("1", text);
    assertEquals(Raphe.FAILED, failed.status());
    String out = failed.out().replaceAll("\\s+", " ");
    String digest = wrong.substring(wrong.length() - 64);
    assertTrue(out.contains(", recorded " + digest), out);
    assertEquals(2, out.split(" DIFFERENT ").length, out);
    assertTrue(out.contains(second.replace(" | 1 | ", " NOT RECORDED ")), out);
    assertTrue(out.contains("absent" + second.replace(" | 1 | ", " NO SUCH CASE ")), out);
    assertEquals(recorded.size() - 2 + 1, out.split(" same bits ").length, out);
  }

  @Test
  void waitingForLaunchesIsForCuda() {
    Invocation.of("parity", "--backends", "cpu,opencl", "--sync")
        .assertFails(Raphe.WRONG_INPUT, "--sync is for the CUDA backend, not cpu, opencl");
  }

  @Test
  void digestsThatAreNoneAreRefused() throws IOException {
    compare("1", "# none\n\na case | 1 | 0f\n")
        .assertFails(Raphe.WRONG_INPUT, "digests.txt, line 3", "a case | 1 | 0f");
    Invocation.of("parity", "--digests", folder.resolve("none.txt").toString())
        .assertFails(Raphe.WRONG_INPUT, "cannot read recorded digests", "none.txt");
    Invocation.of("parity", "--digests", "any.txt", "--vectors", folder.toString())
        .assertFails(Raphe.WRONG_INPUT, "--digests", "--vectors");
  }

  @Test
  void aWrongNumberFailsTheCheckAndIsShown() throws IOException {
    Files.writeString(folder.resolve("speech.json"), "{\"bands\": 30}");
    write("modulation.json", "0.0");
    Invocation passed = check().assertDone();
    assertTrue(passed.out().matches("(?s).*modulation.json +cpu +passed .*"), passed.out());
    assertTrue(passed.out().matches("(?s).*speech.json +cpu +skipped +speech.*"), passed.out());
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
