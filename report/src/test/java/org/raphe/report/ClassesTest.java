package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What classes are taken for, and the spikes of one sample, by values worked out by hand. */
class ClassesTest {
  @TempDir Path folder;

  private void write(ObjectNode... runs) throws IOException {
    for (int k = 0; k < runs.length; k++) {
      MadeRuns.write(folder.resolve("r" + k), runs[k]);
    }
  }

  private JsonNode section(String id) throws IOException {
    return PageData.section(Report.of(List.of(folder), "t").html("test", Instant.EPOCH), id);
  }

  private static ArrayNode counts(ObjectNode run) {
    return (ArrayNode) run.at("/confusion/counts");
  }

  @Test
  void confusionsAreSharesOfAllSeeds() throws IOException {
    ObjectNode silent = MadeRuns.train("naca", "rate", 3);
    silent.remove("confusion");
    write(MadeRuns.train("naca", "rate", 1), MadeRuns.train("naca", "rate", 2), silent);
    JsonNode confusion = section("confusion-1");
    JsonNode view = confusion.at("/plot/views/0");
    assertEquals("[[1.0,0.0],[0.375,0.625]]", view.get("values").toString());
    assertEquals("[\"cat\",\"dog\"]", view.at("/rows/names").toString());
    assertEquals("[\"cat\",\"dog\"]", view.at("/columns/names").toString());
    assertEquals(8, PageData.cell(confusion, "samples, all seeds", "dog").intValue());
    assertEquals(2, PageData.cell(confusion, "seeds", "dog").intValue());
    assertEquals("cat", PageData.cell(confusion, "else taken for", "dog").textValue());
    assertEquals(0.375, PageData.cell(confusion, "share", "dog").doubleValue(), 1e-12);
    assertTrue(PageData.cell(confusion, "else taken for", "cat", "1.0").isNull());
    assertTrue(confusion.get("notices").toString().contains("1 of 3 runs do not count"));
  }

  @Test
  void brokenCountsAreLeftOut() throws IOException {
    ObjectNode ragged = MadeRuns.train("naca", "rate", 1);
    ((ArrayNode) counts(ragged).get(0)).add(1);
    ObjectNode negative = MadeRuns.train("naca", "rate", 2);
    ((ArrayNode) counts(negative).get(0)).set(0, -3);
    ObjectNode good = MadeRuns.train("naca", "rate", 3);
    ((ObjectNode) good.get("dataset")).remove("class_names");
    write(ragged, negative, good);
    JsonNode confusion = section("confusion-1");
    assertEquals(
        "[\"0\",\"1\"]", confusion.at("/plot/views/0/rows/names").toString(), "numbers for names");
    assertEquals(0.75, confusion.at("/table/rows/1/6").doubleValue(), 1e-12);
    assertTrue(confusion.get("notices").toString().contains("2 of 3 runs do not count"));
  }

  @Test
  void aRasterShowsTheLayersOfOneSample() throws IOException {
    write(MadeRuns.train("naca", "lif", 1), MadeRuns.train("naca", "lif", 2));
    JsonNode spikes = section("spikes-1");
    assertEquals(1, spikes.at("/plot/views").size(), "the first seed alone");
    JsonNode view = spikes.at("/plot/views/0");
    assertEquals(3, view.get("steps").intValue());
    assertEquals("class cat, taken for dog", view.get("answer").textValue());
    assertEquals("layer 1, 2 of 9 units", view.at("/layers/0/name").textValue());
    assertEquals("[\"101\",\"010\"]", view.at("/layers/0/trains").toString());
    assertEquals("[\"unit 0\",\"unit 4\"]", view.at("/layers/0/units").toString());
    assertEquals("[\"class cat\",\"class dog\"]", view.at("/layers/1/units").toString());
    assertEquals(
        12 / 27.0, PageData.cell(spikes, "spikes a unit and step", "layer 1").doubleValue(), 1e-12);
  }

  @Test
  void brokenSpikesAreLeftOutAndSaid() throws IOException {
    String[][] faults = {
      {"/example_spikes", "steps", "0"},
      {"/example_spikes/layers/0", "units", "3"},
      {"/example_spikes/layers/0", "shown", "[0]"},
      {"/example_spikes/layers/0", "trains", "[\"101\", \"0x0\"]"},
      {"/example_spikes/layers/1", "trains", "[\"000\", \"1111\"]"},
      {"/example_spikes", "layers", "[]"}
    };
    ObjectNode[] runs = new ObjectNode[faults.length + 1];
    for (int k = 0; k < faults.length; k++) {
      runs[k] = MadeRuns.train("naca", "lif", k + 2);
      ((ObjectNode) runs[k].at(faults[k][0])).set(faults[k][1], PageData.json(faults[k][2]));
    }
    runs[faults.length] = MadeRuns.train("drtp", "lif", 1);
    write(runs);
    JsonNode spikes = section("spikes-1");
    assertEquals(1, spikes.at("/plot/views").size());
    assertEquals(
        "[\"6 runs hold example spikes that are broken, left out.\"]",
        spikes.get("notices").toString());
  }

  @Test
  void withoutThemThereIsNoSection() throws IOException {
    ObjectNode old = MadeRuns.train("naca", "lif", 1);
    old.remove(List.of("confusion", "example_spikes"));
    write(old);
    assertThrows(AssertionError.class, () -> section("confusion-1"));
    assertThrows(AssertionError.class, () -> section("spikes-1"));
  }
}
