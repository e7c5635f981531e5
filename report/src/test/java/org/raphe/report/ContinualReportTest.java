package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocols, matrices, forgetting and weight changes, by values worked out by hand. */
class ContinualReportTest {
  @TempDir Path folder;

  private String html() {
    return Report.of(List.of(folder), "t").html("test", Instant.EPOCH);
  }

  private void write(String name, ObjectNode run) throws IOException {
    MadeRuns.write(folder.resolve(name), run);
  }

  private static ObjectNode accuracy(ObjectNode run, double accuracy) {
    ((ObjectNode) run.at("/metrics/final_accuracy")).put("value", accuracy);
    return run;
  }

  @Test
  void protocolsArePairedSeedBySeed() throws IOException {
    double[] published = {0.80, 0.70, 0.90};
    double[] strict = {0.30, 0.20, 0.10};
    for (int k = 0; k < 3; k++) {
      write("p" + k, accuracy(MadeRuns.continual("published", k + 1), published[k]));
      // Another commit and test batch do not make another model.
      ObjectNode other = accuracy(MadeRuns.continual("strict", k + 2), strict[k]);
      other.putObject("learning").put("test_batch", 1);
      ((ObjectNode) other.get("provenance")).put("git_commit", "def");
      write("s" + k, other);
    }
    ObjectNode alone = accuracy(MadeRuns.continual("strict", 1), 0.5);
    alone.put("rule", "ewc");
    write("e", alone);
    JsonNode section = PageData.section(html(), "protocols-1");
    assertEquals(0.8, cell(section, "published"), 1e-12);
    assertEquals(0.2, cell(section, "strict"), 1e-12);
    assertEquals(2, cell(section, "seeds in both"));
    // Seeds 2 and 3: 0.70 - 0.30 and 0.90 - 0.20.
    assertEquals(0.55, cell(section, "published - strict"), 1e-12);
    assertEquals(Math.sqrt(0.045), cell(section, "deviation of the difference"), 1e-12);
    assertEquals(0.792, cell(section, "the paper's figure (protocol published)"), 1e-12);
    assertTrue(PageData.cell(section, "published", "EWC rate").isNull());
    assertTrue(PageData.cell(section, "published - strict", "EWC rate").isNull());
    assertEquals(3, section.at("/plot/bars").size());
    String leak = section.at("/notices/0").textValue();
    assertEquals(2, leak.split("\\. ").length, "two sentences: " + leak);
    assertEquals(1, section.get("notices").size());
  }

  private static double cell(JsonNode section, String column) {
    return PageData.cell(section, column, "NACA rate").doubleValue();
  }

  @Test
  void oneProtocolAloneIsSaid() throws IOException {
    write("s", MadeRuns.continual("strict", 1));
    String notices = PageData.section(html(), "protocols-1").get("notices").toString();
    assertTrue(notices.contains("No model here was run under both protocols"), notices);
  }

  @Test
  void eachProtocolHasItsOwnFront() throws IOException {
    MadeRuns.all(folder);
    JsonNode points = PageData.section(html(), "operations-2").at("/plot/series");
    assertEquals("published", points.at("/0/front").textValue());
    assertEquals("strict", points.at("/1/front").textValue());
  }

  @Test
  void theMatrixIsTheMeanAndEachRun() throws IOException {
    MadeRuns.all(folder);
    JsonNode section = PageData.section(html(), "matrix-2");
    JsonNode views = section.at("/plot/views");
    assertEquals(2 * 4, views.size());
    assertEquals(
        "[\"NACA rate, published\",\"mean over seeds\"]", views.at("/0/choices").toString());
    assertEquals("[\"NACA rate, published\",\"seed 3\"]", views.at("/3/choices").toString());
    assertEquals(0.68, views.at("/0/values/3/0").doubleValue(), 1e-12);
    assertEquals(0.67, views.at("/3/values/3/0").doubleValue(), 1e-12);
    assertTrue(views.at("/0/values/1/2").isNull(), "not measured");
    assertEquals(8 * 4, section.at("/table/rows").size());
    assertEquals("seed 3", section.at("/table/rows/15/1").textValue());
    assertEquals(0.67, section.at("/table/rows/15/3").doubleValue(), 1e-12);
  }

  @Test
  void whatIsLeftFallsWithLaterExperiences() throws IOException {
    MadeRuns.all(folder);
    ObjectNode joint = MadeRuns.continual("strict", 1);
    joint.put("baseline", "joint").putArray("accuracy_matrix").addArray().add(0.1).add(0.1);
    joint.withArray("accuracy_matrix").addArray().add(0.9).add(0.9);
    write("joint", joint);
    JsonNode section = PageData.section(html(), "kept-2");
    JsonNode views = section.at("/plot/views");
    assertEquals(3, views.size(), "all settings, and each by itself; not the joint one");
    // 0.9 - 0.1 for each later experience - 0.01 for each seed's number: means 0.88, 0.78, 0.68.
    JsonNode mean = views.at("/0/series/0/points");
    assertEquals(3, mean.size());
    for (int later = 0; later < 3; later++) {
      assertEquals(later, mean.at("/" + later + "/0").intValue());
      assertEquals(0.88 - 0.1 * later, mean.at("/" + later + "/1").doubleValue(), 1e-12);
      assertEquals(0.01, mean.at("/" + later + "/2").doubleValue(), 1e-12);
    }
    JsonNode second = views.at("/1/series/1/points");
    assertEquals(2, second.size(), "experience 2 of 3: after itself and after 3");
    assertEquals(2, second.at("/0/0").intValue());
    assertEquals(0.78, second.at("/1/1").doubleValue(), 1e-12);
    assertTrue(section.get("notices").toString().contains("1 of 7 runs"), section.toString());
  }

  @Test
  void weightChangesAreByLayerAndExperience() throws IOException {
    for (int seed = 1; seed <= 2; seed++) {
      ObjectNode run = MadeRuns.continual("strict", seed);
      ObjectNode changes = run.putObject("weight_changes");
      changes.putArray("edges").add(0.01).add(0.1);
      for (int experience = 1; experience <= 2; experience++) {
        ObjectNode entry = changes.withArray("experiences").addObject();
        entry.put("experience", experience);
        for (int layer = 1; layer <= 2; layer++) {
          ObjectNode of = entry.withArray("layers").addObject();
          of.put("share_below_1_percent", 0.5);
          of.putArray("counts").add(100 * layer * seed).add(10 * experience).add(0);
        }
      }
      write("r" + seed, run);
    }
    JsonNode section = PageData.section(html(), "weights-1");
    JsonNode views = section.at("/plot/views");
    assertEquals(2 * 3, views.size());
    assertEquals("[\"NACA rate\",\"layer 2\",\"experience 2\"]", views.at("/5/choices").toString());
    // Mean over seeds 1 and 2 of 100 * 2 * seed.
    assertEquals("[300.0,20.0,0.0]", views.at("/5/counts").toString());
    assertEquals("[300.0,15.0,0.0]", views.at("/3/counts").toString(), "both experiences");
    assertEquals("[null,0.01,0.1,null]", views.at("/0/edges").toString(), "open bins");
    assertEquals(20 / 320.0, section.at("/table/rows/16/6").doubleValue(), 1e-12);
    assertEquals(0.5, section.at("/table/rows/16/7").doubleValue(), 1e-12);
  }

  /** Weights that begin at 0 have a histogram of their own; older runs say why they have none. */
  @Test
  void weightsThatWereZeroHaveAHistogram() throws IOException {
    for (int seed = 1; seed <= 2; seed++) {
      ObjectNode run = MadeRuns.continual("strict", seed);
      ObjectNode changes = run.putObject("weight_changes");
      changes.putArray("edges").add(0.01).add(0.1);
      for (int experience = 1; experience <= 2; experience++) {
        ObjectNode of =
            changes.withArray("experiences").addObject().withArray("layers").addObject();
        of.put("mean_absolute_before", experience - 1.0);
        if (seed == 1 || experience == 2) {
          of.putArray("counts").add(8).add(experience).add(0);
        }
      }
      write("r" + seed, run);
    }
    JsonNode section = PageData.section(html(), "weights-1");
    JsonNode views = section.at("/plot/views");
    assertEquals(3, views.size());
    assertEquals("experience all", views.at("/0/choices/2").textValue());
    assertEquals("[8.0,2.0,0.0]", views.at("/0/counts").toString(), "without those from zero");
    assertEquals("experience 1, from zero", views.at("/1/choices/2").textValue());
    assertEquals("[8.0,1.0,0.0]", views.at("/1/counts").toString());
    assertEquals(
        "[\"NACA rate, layer 1: 1 times all weights were 0 before, and the run has no histogram of that.\"]",
        section.get("notices").toString());
  }
}
