package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets of the same name are told apart, and one data set stays one. */
class DataNamesTest {
  @TempDir Path folder;

  private void write(String name, int seed, String dataset, String sha256, String settings)
      throws IOException {
    ObjectNode run = MadeRuns.train("naca", "rate", seed);
    ((ObjectNode) run.get("dataset")).put("name", dataset).put("sha256", sha256);
    Path written = MadeRuns.write(folder.resolve(name), run);
    if (settings != null) {
      Files.writeString(written.resolve("settings.yaml"), settings);
    }
  }

  private List<String> parts() throws IOException {
    String html = Report.of(List.of(folder), "t").html("test", Instant.EPOCH);
    List<String> parts = new ArrayList<>();
    for (JsonNode section : PageData.of(html).get("sections")) {
      if (section.get("id").textValue().startsWith("learning")) {
        parts.add(section.get("part").textValue());
      }
    }
    return parts;
  }

  @Test
  void foldersOfTheSameNameAreToldApart() throws IOException {
    write("a", 1, "images", "11", "dataset: /data/cats/images\n");
    write("b", 1, "images", "22", "dataset: /data/dogs/images\n");
    write("c", 2, "images", "11", "dataset: /data/cats/images\n");
    assertEquals(
        List.of(
            "cats/images, classification, test samples",
            "dogs/images, classification, test samples"),
        parts());
  }

  @Test
  void aCatalogueNameFromAFolderIsToldFromTheBundledOne() throws IOException {
    write("a", 1, "mnist", "11", "dataset: mnist\n");
    write("b", 1, "mnist", "22", "dataset: mnist\ndata: /other/digits\n");
    assertEquals(
        List.of(
            "mnist, classification, test samples", "mnist (digits), classification, test samples"),
        parts());
  }

  /** Fewer samples of one folder, and the same samples in two folders. */
  @Test
  void oneDataSetStaysOne() throws IOException {
    write("a", 1, "images", "11", "dataset: /data/x/images\n");
    write("b", 1, "images", "22", "dataset: /data/x/images\ntrain-limit: 10\n");
    write("c", 2, "images", "11", "dataset: /copy/y/images\n");
    write("d", 3, "mnist", "33", null);
    write("e", 3, "mnist", "44", null);
    assertEquals(
        List.of("images, classification, test samples", "mnist, classification, test samples"),
        parts());
  }

  @Test
  void pathsThatDoNotTellAreReplacedByDigests() throws IOException {
    write("a", 1, "t", "11aabbccdd", "dataset: 'x/t'\n");
    write("b", 1, "t", "22aabbccdd", "dataset: 'x\\t'\n");
    assertEquals(
        List.of(
            "t 1 (SHA-256 11aabbcc), classification, test samples",
            "t 2 (SHA-256 22aabbcc), classification, test samples"),
        parts());
  }
}
