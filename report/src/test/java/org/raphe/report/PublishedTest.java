package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published figures stand beside runs of the same network, units and data alone. */
class PublishedTest {
  private static final String CONVOLUTIONAL = "28x28x1-c64k5p2-pool-c128k5p2-pool-1000-10";

  @TempDir Path folder;

  private List<String> published(String id, String marks, ObjectNode... runs) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (ObjectNode run : runs) {
      folders.add(MadeRuns.write(folder.resolve("r" + folders.size()), run));
    }
    String html = Report.of(folders, "t").html("test", Instant.EPOCH);
    List<String> names = new ArrayList<>();
    JsonNode plot = PageData.section(html, id).at("/plot/" + marks);
    assertTrue(plot.isArray(), id);
    plot.forEach(
        mark -> {
          if (mark.path("published").booleanValue()) {
            names.add(mark.get("name").textValue());
          }
        });
    return names;
  }

  private static ObjectNode fewer(ObjectNode run) {
    ((ObjectNode) run.get("dataset")).put("train_samples", 3000);
    return run;
  }

  @Test
  void continualBarsAreThoseOfTheUnits() throws IOException {
    List<String> names = published("final-1", "bars", MadeRuns.continual("strict", 1));
    assertEquals(List.of("published: NACA rate"), names);
  }

  @Test
  void otherNetworksSamplesAndDataHaveNone() throws IOException {
    ObjectNode small = MadeRuns.continual("strict", 1);
    small.put("network", "784-200-10");
    ObjectNode other = MadeRuns.continual("strict", 1);
    ((ObjectNode) other.get("dataset")).put("name", "fashion-mnist");
    for (ObjectNode run : List.of(small, fewer(MadeRuns.continual("strict", 1)), other)) {
      assertEquals(List.of(), published("final-1", "bars", run));
    }
  }

  @Test
  void curvesAndLevelsNeedTheWholeData() throws IOException {
    ObjectNode whole = MadeRuns.train("naca", "lif", 1);
    assertEquals(1, published("learning-1", "series", whole).size());
    assertEquals(List.of(), published("learning-1", "series", fewer(whole)));
  }

  @Test
  void costsNeedTheConvolutionalNetwork() throws IOException {
    ObjectNode run = MadeRuns.train("naca", "lif", 1);
    assertEquals(List.of(), published("published-cost-1", "series", run));
    run.put("network", CONVOLUTIONAL);
    assertEquals(
        Stream.of("NACA", "BRP", "e-prop").map(rule -> "published: " + rule + " spiking").toList(),
        published("published-cost-1", "series", run));
  }
}
