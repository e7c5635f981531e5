package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of permuted features, and levels of modulators while networks learned. */
class PermutedReportTest {
  @TempDir Path folder;

  private Path run(String name, int seed, String more) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        run.resolve("result.json"),
        "{\"format\":1,\"command\":\"permuted\",\"dataset\":{\"name\":\"mnist\"},"
            + "\"network\":\"784-20-10\",\"neuron\":\"rate\",\"rule\":\"naca\",\"seed\":"
            + seed
            + more
            + "}");
    return run;
  }

  private static String tasks(double first, double last) {
    return ",\"permuted_stream\":{\"tasks\":2,\"samples\":10,\"accuracy\":["
        + first
        + ","
        + last
        + "],\"mean_accuracy\":"
        + (first + last) / 2
        + ",\"first_tasks\":"
        + first
        + ",\"last_tasks\":"
        + last
        + "}";
  }

  @Test
  void tasksAreMeansOverSeeds() throws IOException {
    run("a", 1, tasks(0.5, 0.75));
    run("b", 2, tasks(0.75, 0.75));
    Report report = Report.of(List.of(folder), "made");
    String row = report.tables().get("tenths-1").lines().skip(1).findFirst().orElseThrow();
    String[] cells = row.split(",");
    assertEquals(0.6875, Double.parseDouble(cells[cells.length - 5]), 1e-9, row);
    assertEquals(0.625, Double.parseDouble(cells[cells.length - 3]), 1e-9, row);
    assertEquals(0.125, Double.parseDouble(cells[cells.length - 1]), 1e-9, row);
    String page = report.html("test", Instant.EPOCH);
    assertTrue(page.contains("Online accuracy of each task"));
    assertTrue(page.contains("[1,0.625,"), "a point of the curve");
    assertFalse(page.contains("Levels of the modulators while"));
  }

  @Test
  void levelsStandUnderTheAccuracyWithFirings() throws IOException {
    String modulation =
        ",\"modulation\":{\"modulators\":{\"modulators\":\"na\"},\"course\":{\"samples\":320,"
            + "\"accuracy\":[0.25,0.5],\"levels\":{\"noradrenaline\":[0.1,1.0]},\"fired\":[0,1]}}";
    run("a", 1, tasks(0.5, 0.75) + modulation);
    String page = Report.of(List.of(folder), "made").html("test", Instant.EPOCH);
    assertTrue(page.contains("Levels of the modulators while the network learned"));
    assertTrue(page.contains("\"lines\":[320]"), "it fired after 320 samples");
    assertTrue(page.contains("[320,1.0,"), "its level there");
  }

  @Test
  void whatAFileDoesNotHoldIsNotDrawn() throws IOException {
    run("a", 1, ",\"permuted_stream\":{},\"modulation\":{}");
    String page = Report.of(List.of(folder), "made").html("test", Instant.EPOCH);
    assertTrue(page.contains("tasks of permuted features"));
    assertFalse(page.contains("Levels of the modulators while"));
  }

  @Test
  void levelsOfTrainingAreDrawnToo() throws IOException {
    ObjectNode made = MadeRuns.train("naca", "rate", 1);
    made.set(
        "modulation",
        new ObjectMapper()
            .readTree(
                "{\"modulators\":{\"levers\":\"ach=gain\"},\"course\":{\"samples\":32,"
                    + "\"accuracy\":[0.5],\"levels\":{\"acetylcholine\":[0.4]},\"fired\":[0]}}"));
    Path run = Files.createDirectories(folder.resolve("train"));
    Files.writeString(run.resolve("result.json"), made.toString());
    String page = Report.of(List.of(folder), "made").html("test", Instant.EPOCH);
    assertTrue(page.contains("Levels of the modulators while the network learned"));
  }
}
