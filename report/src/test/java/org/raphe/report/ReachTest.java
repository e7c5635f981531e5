package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to reach an accuracy, by values worked out by hand. */
class ReachTest {
  @TempDir Path folder;

  /** Two seeds of NACA with counts by epoch, two of BP by formula, two of BPTT, one never there. */
  @BeforeEach
  void makeRuns() throws IOException {
    write("n1", counted(MadeRuns.reaching("naca", "rate", 1, 0.94, 0.96), 10, 20));
    write("n2", counted(MadeRuns.reaching("naca", "rate", 2, 0.95, 0.93), 10, 30));
    write("b1", MadeRuns.byFormula(MadeRuns.reaching("bp", "rate", 1, 0.96, 0.98)));
    write("b2", MadeRuns.byFormula(MadeRuns.reaching("bp", "rate", 2, 0.95, 0.97)));
    write("t1", MadeRuns.byFormula(MadeRuns.reaching("bptt", "lif", 1, 0.90, 0.94, 0.97, 0.98)));
    write("t2", MadeRuns.byFormula(MadeRuns.reaching("bptt", "lif", 2, 0.90, 0.90, 0.90, 0.90)));
    write("d1", MadeRuns.reaching("drtp", "lif", 1, 0.90, 0.91, 0.95, 0.95));
  }

  private void write(String name, ObjectNode run) throws IOException {
    MadeRuns.write(folder.resolve(name), run);
  }

  private static ObjectNode counted(ObjectNode run, double first, double second) {
    ((ObjectNode) run.at("/epochs/0")).put("operations", first).put("bytes_moved", 10 * first);
    ((ObjectNode) run.at("/epochs/1")).put("operations", second).put("bytes_moved", 10 * second);
    return run;
  }

  private String html() {
    return Report.of(List.of(folder), "t").html("test", Instant.EPOCH);
  }

  private static void assertCell(double expected, JsonNode reach, String column, String... texts) {
    assertEquals(expected, PageData.cell(reach, column, texts).doubleValue(), 1e-12, column);
  }

  @Test
  void costsAreThoseUpToTheEpochThatReachesTheLevel() throws IOException {
    JsonNode reach = PageData.section(html(), "reach-1");
    String naca = "NACA rate, epochs 2";
    assertCell(2, reach, "seeds that reach it", naca, "0.95");
    assertCell(20, reach, "operations", naca, "0.95");
    assertCell(Math.sqrt(200), reach, "operations deviation", naca, "0.95");
    assertCell(200, reach, "bytes moved (B)", naca, "0.95");
    assertCell(3, reach, "seconds", naca, "0.95");
    assertCell(1.5, reach, "epochs, mean of seeds", naca, "0.95");
    assertTrue(
        PageData.cell(reach, "epoch at which the mean reaches it", naca, "0.95").isNull(),
        "the mean is 94.5 % after each epoch");
    assertCell(0, reach, "seeds that reach it", naca, "0.97");
    assertTrue(PageData.cell(reach, "operations", naca, "0.97").isNull(), "never is no cost");
    assertEquals(
        "execution, each epoch",
        PageData.cell(reach, "operations counted by", naca, "0.95").textValue());
  }

  @Test
  void costsStandBesideBackPropagationOfTheSameUnits() throws IOException {
    JsonNode reach = PageData.section(html(), "reach-1");
    String naca = "NACA rate, epochs 2";
    // Back-propagation reaches 95 % after one of two epochs: half of 40 + 60 operations, 1000 B.
    assertCell(50, reach, "operations", "BP rate, epochs 2", "0.95");
    assertCell(1, reach, "epoch at which the mean reaches it", "BP rate, epochs 2", "0.95");
    assertCell(20 / 50.0, reach, "operations, over back-propagation's", naca, "0.95");
    assertCell(200 / 500.0, reach, "bytes moved, over back-propagation's", naca, "0.95");
    assertCell(3 / 2.0, reach, "seconds, over back-propagation's", naca, "0.95");
    assertEquals(
        "BP rate, epochs 2",
        PageData.cell(reach, "back-propagation, by operations", naca, "0.95").textValue());
    assertTrue(
        PageData.cell(reach, "operations, over back-propagation's", naca, "0.97").isNull(),
        "a level that is never reached has no ratio");
  }

  @Test
  void aSettingWhoseSeedsDoNotAllReachTheLevelIsNotComparedWith() throws IOException {
    JsonNode reach = PageData.section(html(), "reach-1");
    assertCell(1, reach, "seeds that reach it", "BPTT spiking, epochs 4", "0.95");
    assertCell(75, reach, "operations", "BPTT spiking, epochs 4", "0.95");
    assertTrue(
        PageData.cell(
                reach, "operations, over back-propagation's", "DRTP spiking, epochs 4", "0.95")
            .isNull());
    JsonNode rows = reach.at("/plot/views/0/rows");
    assertEquals("[\"95 %\",\"operations\"]", reach.at("/plot/views/0/choices").toString());
    for (JsonNode row : rows) {
      switch (row.get("name").textValue()) {
        case "BPTT spiking, epochs 4" ->
            assertEquals("1 of 2 seeds reach it; best 98.00 %", row.get("text").textValue());
        case "NACA rate, epochs 2" ->
            assertEquals("40.0 % of back-propagation's", row.get("text").textValue());
        default -> assertEquals("", row.get("text").textValue());
      }
    }
    assertEquals("execution, an equal share of the run's for each epoch", shareOf(reach));
  }

  private static String shareOf(JsonNode reach) {
    return PageData.cell(reach, "operations counted by", "DRTP spiking, epochs 4", "0.95")
        .textValue();
  }

  @Test
  void countsThatAreNotThereAreNotZero() throws IOException {
    ObjectNode run = MadeRuns.reaching("other-rule", "lif", 1, 0.96);
    ((ObjectNode) run.at("/cost/synaptic_operations")).putNull("forward");
    ((ObjectNode) run.get("cost")).putNull("bytes_moved");
    write("o1", run);
    String html = html();
    JsonNode reach = PageData.section(html, "reach-1");
    String other = "OTHER-RULE spiking, epochs 1";
    assertCell(1, reach, "seeds that reach it", other, "0.95");
    assertTrue(PageData.cell(reach, "operations", other, "0.95").isNull());
    assertTrue(PageData.cell(reach, "bytes moved (B)", other, "0.95").isNull());
    assertCell(2, reach, "seconds", other, "0.95");
    JsonNode operations = PageData.section(html, "operations-1");
    assertTrue(PageData.cell(operations, "operations", other).isNull());
    assertCell(100, operations, "operations", "BPTT spiking, epochs 4");
    for (JsonNode point : operations.at("/plot/series")) {
      boolean formula = point.get("name").textValue().startsWith("BP");
      assertEquals(formula, point.get("formula").booleanValue(), point.toString());
    }
    assertEquals(
        "formula", PageData.cell(operations, "counted by", "BPTT spiking, epochs 4").textValue());
  }

  @Test
  void validationAndTestStandApart() throws IOException {
    ObjectNode run = MadeRuns.train("naca", "rate", 1);
    run.putNull("test_accuracy").put("validation_accuracy", 0.99);
    write("v1", run);
    String html = html();
    assertEquals(
        "mnist, classification, test samples",
        PageData.section(html, "reach-1").get("part").textValue());
    assertEquals(
        "mnist, classification, validation samples",
        PageData.section(html, "operations-2").get("part").textValue());
    assertEquals(1, PageData.section(html, "operations-2").at("/plot/series").size());
    assertTrue(
        PageData.section(html, "summary")
            .get("notices")
            .toString()
            .contains("Some accuracies are on validation samples and some on test samples"));
  }

  /** A level that no run reached is said; it has no plot of its own. */
  @Test
  void levelsThatNobodyReachedAreSaid() throws IOException {
    Path low = folder.resolve("low");
    MadeRuns.write(low, MadeRuns.reaching("naca", "rate", 1, 0.90, 0.96, 0.95));
    JsonNode reach =
        PageData.section(Report.of(List.of(low), "t").html("test", Instant.EPOCH), "reach-1");
    assertEquals(
        "[\"No run reached 97 %: the best of any epoch is 96.00 % (NACA rate).\"]",
        reach.get("notices").toString());
    assertEquals(3, reach.at("/plot/views").size(), "three costs of 95 %");
    MadeRuns.write(low, MadeRuns.reaching("naca", "rate", 1, 0.90));
    reach = PageData.section(Report.of(List.of(low), "t").html("test", Instant.EPOCH), "reach-1");
    assertEquals(2, reach.get("notices").size());
    assertTrue(reach.get("plot").isNull(), "nothing is drawn");
  }
}
