package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting has one name and one colour all over the page, and shows the rate that it used. */
class SettingsTest {
  @TempDir Path folder;

  private String html() {
    return Report.of(List.of(folder), "t").html("test", Instant.EPOCH);
  }

  /** By label, the colours of all that a node draws. */
  private static void gather(JsonNode node, Map<String, Integer> colours) {
    if (node.hasNonNull("colour") && node.hasNonNull("name") && !node.has("shade")) {
      int colour = node.get("colour").intValue();
      Integer before = colours.put(node.get("name").textValue(), colour);
      assertTrue(before == null || before == colour, node.toString());
    }
    node.forEach(child -> gather(child, colours));
  }

  @Test
  void oneColourASetting() throws IOException {
    MadeRuns.all(folder);
    ObjectNode alone = MadeRuns.train("naca", "rate", 9);
    alone.putNull("test_accuracy").put("validation_accuracy", 0.5);
    ((ObjectNode) alone.at("/epochs/0")).put("validation_accuracy", 0.5);
    MadeRuns.write(folder.resolve("validation"), alone);
    Map<String, Integer> colours = new TreeMap<>();
    for (JsonNode section : PageData.of(html()).get("sections")) {
      if (section.hasNonNull("plot")) {
        gather(section.get("plot"), colours);
      }
    }
    assertTrue(colours.containsKey("NACA rate, published"), colours.toString());
    assertTrue(colours.containsKey("NACA rate"), colours.toString());
    assertEquals(9, colours.size(), colours.toString());
    assertEquals(9, new HashSet<>(colours.values()).size(), "and no two share one: " + colours);
  }

  @Test
  void anExperienceIsAShadeOfItsSetting() throws IOException {
    MadeRuns.all(folder);
    JsonNode views = PageData.section(html(), "kept-2").at("/plot/views");
    int colour = views.at("/0/series/1/colour").intValue();
    assertEquals("NACA rate, strict", views.at("/2/choices/0").textValue());
    assertEquals(0.0, views.at("/2/series/0/shade").doubleValue());
    assertEquals(1.0, views.at("/2/series/2/shade").doubleValue());
    views.at("/2/series").forEach(curve -> assertEquals(colour, curve.get("colour").intValue()));
  }

  /** Hidden layers that do not learn have a rate in their file, and use none. */
  @Test
  void aRateThatNothingLearnsByIsNotShown() throws IOException {
    ObjectNode frozen = MadeRuns.train("frozen", "rate", 1);
    ((ObjectNode) frozen.get("optimizer")).put("readout_learning_rate", 3e-3);
    ObjectNode other = MadeRuns.train("naca", "rate", 1);
    ((ObjectNode) other.get("optimizer")).put("learning_rate", 1e-2);
    MadeRuns.write(folder.resolve("f"), frozen);
    MadeRuns.write(folder.resolve("n"), MadeRuns.train("naca", "rate", 1));
    MadeRuns.write(folder.resolve("m"), other);
    JsonNode settings = PageData.section(html(), "settings-1");
    assertTrue(PageData.cell(settings, "learning rate", "FROZEN rate").isNull());
    assertEquals(
        "0.003", PageData.cell(settings, "readout learning rate", "FROZEN rate").textValue());
    assertEquals(
        "0.01",
        PageData.cell(settings, "learning rate", "NACA rate, learning rate 0.01").textValue());
    assertFalse(settings.toString().contains("FROZEN rate, learning rate"));
  }

  /** A cost's row tells of the runs that its means are of. */
  @Test
  void countsAreThoseOfTheMeans() throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      ObjectNode run = MadeRuns.train("naca", "lif", seed);
      if (seed == 3) {
        ((ObjectNode) run.get("cost")).putNull("bytes_moved");
      }
      MadeRuns.write(folder.resolve("r" + seed), run);
    }
    Path again = folder.resolve("r4");
    MadeRuns.write(again, MadeRuns.train("naca", "lif", 1));
    String html = html();
    JsonNode bytes = PageData.section(html, "bytes-1");
    assertEquals(2, PageData.cell(bytes, "seeds", "NACA spiking").intValue());
    assertEquals(0.515, PageData.cell(bytes, "test accuracy", "NACA spiking").doubleValue(), 1e-12);
    assertEquals(2, bytes.at("/plot/series/0/count").intValue());
    JsonNode operations = PageData.section(html, "operations-1");
    assertEquals(3, PageData.cell(operations, "seeds", "NACA spiking").intValue());
    assertEquals(3, PageData.of(html).get("runs").intValue());
    assertEquals(1, PageData.of(html).get("repeated").intValue());
    assertEquals(3, PageData.section(html, "provenance").at("/table/rows").size());
    assertEquals(1, PageData.section(html, "missing").at("/table/rows").size());
  }
}
