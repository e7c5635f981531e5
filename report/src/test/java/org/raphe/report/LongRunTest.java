package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of many epochs: the page stays small, the file of the table holds all. */
class LongRunTest {
  private static final int EPOCHS = 20_000;

  @TempDir Path folder;

  @Test
  void manyEpochsAreAFewPoints() throws IOException {
    for (int seed = 1; seed <= 2; seed++) {
      double[] accuracies = new double[EPOCHS];
      for (int k = 0; k < EPOCHS; k++) {
        accuracies[k] = 0.9 + 0.08 * k / EPOCHS;
      }
      MadeRuns.write(
          folder.resolve("r" + seed), MadeRuns.reaching("naca", "lif", seed, accuracies));
    }
    Report report = Report.of(List.of(folder), "t");
    String html = report.html("test", Instant.EPOCH);
    JsonNode learning = PageData.section(html, "learning-1");
    JsonNode points = learning.at("/plot/series/0/points");
    assertEquals(400, points.size());
    assertEquals(1, points.at("/0/0").intValue());
    assertEquals(EPOCHS, points.at("/399/0").intValue(), "the last epoch is drawn");
    assertEquals(400, learning.at("/table/rows").size());
    assertTrue(learning.get("words").toString().contains("400 at equal steps"));
    assertEquals(1 + EPOCHS, report.tables().get("learning-1").lines().count());
    assertTrue(html.length() < 1_500_000, html.length() + " characters");
    JsonNode reach = PageData.section(html, "reach-1");
    assertEquals(12_501, PageData.cell(reach, "epochs, mean of seeds", "0.95").intValue());
    assertEquals(
        12_501, PageData.cell(reach, "epoch at which the mean reaches it", "0.95").intValue());
  }

  @Test
  void aPlotOfManyCurvesIsBounded() {
    assertEquals(400, Thinning.most(1));
    assertEquals(50, Thinning.most(200));
    assertEquals(List.of(0, 1, 2), Thinning.places(3, 3));
    assertEquals(List.of(0, 5, 9), Thinning.places(10, 3));
    assertEquals(List.of(), Thinning.places(0, 3));
  }
}
