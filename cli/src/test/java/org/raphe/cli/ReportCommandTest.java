package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code raphe report} about runs that Raphe made, and about folders that hold none. */
class ReportCommandTest {
  @TempDir static Path temporary;
  private static Path runs;

  @TempDir Path folder;

  @BeforeAll
  static void trainTwoSeeds() throws IOException {
    Path data = SmallImages.write(temporary.resolve("data"));
    runs = temporary.resolve("runs");
    for (String seed : List.of("1", "2")) {
      List<String> train =
          SmallImages.trainSmall(data, runs.resolve("seed" + seed), "--seed", seed);
      Invocation.of(train).assertDone();
    }
  }

  @Test
  void runsBecomeAPageAndTables() throws IOException {
    Path out = folder.resolve("report.html");
    Path csv = folder.resolve("csv");
    Invocation done =
        Invocation.of(
                "report",
                runs.toString(),
                "--out",
                out.toString(),
                "--csv",
                csv.toString(),
                "--title",
                "Two seeds")
            .assertDone();
    assertEquals("", done.err());
    assertTrue(done.out().startsWith("runs: 2, settings: 1, missing: 0; "), done.out());
    String page = Files.readString(out);
    String size = String.format(Locale.ROOT, ", %.1f MB", Files.size(out) / 1e6);
    assertTrue(done.out().strip().endsWith(out + size), done.out());
    assertTrue(page.contains("<title>Two seeds</title>"));
    assertTrue(page.contains("./raphe train --dataset=mnist --data="), "the command is told");
    List<String> summary = Files.readAllLines(csv.resolve("summary.csv"));
    assertEquals(2, summary.size());
    assertTrue(summary.get(1).startsWith("NACA spiking,0."), summary.get(1));
    double mean = 0;
    for (String seed : List.of("1", "2")) {
      mean += FinishedRun.result(runs.resolve("seed" + seed)).get("test_accuracy").doubleValue();
    }
    assertEquals(mean / 2, Double.parseDouble(summary.get(1).split(",")[1]), 1e-12);
  }

  @Test
  void anOlderReportIsReplacedAndAnotherFileIsNot() throws IOException {
    Path out = folder.resolve("report.html");
    Invocation.of("report", runs.toString(), "--out", out.toString()).assertDone();
    Invocation.of("report", runs.toString(), "--out", out.toString()).assertDone();
    Path notes = Files.writeString(folder.resolve("notes.html"), "<p>mine</p>");
    Invocation.of("report", runs.toString(), "--out", notes.toString())
        .assertFails(Raphe.WRONG_INPUT, "is no report and is left as it is");
    assertEquals("<p>mine</p>", Files.readString(notes));
    Invocation.of("report", runs.toString(), "--out", folder.toString())
        .assertFails(Raphe.WRONG_INPUT, "is no report");
    Invocation.of("report", runs.toString(), "--out", folder.resolve("no/report.html").toString())
        .assertFails(Raphe.FAILED, "no such folder");
  }

  @Test
  void aBrokenRunIsOneLineAndTheOthersAreReported() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(broken.resolve("result.json"), "{");
    Path out = folder.resolve("report.html");
    Invocation done =
        Invocation.of("report", runs.toString(), broken.toString(), "--out", out.toString())
            .assertDone();
    assertEquals(1, done.err().lines().count(), done.err());
    assertTrue(done.err().startsWith("missing: " + broken), done.err());
    assertTrue(done.out().contains("missing: 1"), done.out());
  }

  @Test
  void nothingToReportIsAWrongInput() {
    Path out = folder.resolve("report.html");
    for (Path none : List.of(folder, folder.resolve("absent"))) {
      Invocation.of("report", none.toString(), "--out", out.toString())
          .assertFails(Raphe.WRONG_INPUT, "there is nothing to report", none.toString());
    }
    assertTrue(Files.notExists(out));
  }
}
