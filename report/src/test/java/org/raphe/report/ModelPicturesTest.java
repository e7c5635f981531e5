package org.raphe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.model.Model;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;

/** Pictures of what networks have learned. */
class ModelPicturesTest {
  @TempDir Path folder;

  /** Channel c of the first convolution has the weights tap + 100 c, but the last is -tap. */
  static Path write(Path run, String network) throws IOException {
    NetworkSpec spec = NetworkText.parse(network, NeuronModel.RATE, Mode.CLASSIFICATION);
    Parameters drawn = Parameters.draw(spec, 1);
    LayerParameters first = drawn.layers().get(0);
    int channels = spec.layers().get(0).channels();
    float[] weights = new float[first.weights().length];
    for (int k = 0; k < weights.length; k++) {
      int channel = k % channels;
      weights[k] = channel == channels - 1 ? -(k / channels) : k / channels + 100 * channel;
    }
    LayerParameters own = new LayerParameters(weights, first.biases());
    List<LayerParameters> layers = new ArrayList<>(drawn.layers());
    layers.set(0, own);
    ObjectNode result = MadeRuns.train("naca", "rate", 1);
    result.put("network", network);
    MadeRuns.write(run, result);
    new Model(spec, 1, 1f, 1, new Parameters(layers)).write(run.resolve("model.safetensors"));
    return run;
  }

  private String page(Path... runs) {
    return Report.of(Arrays.asList(runs), "Pictures").html("raphe test", Instant.EPOCH);
  }

  @Test
  void filtersAreTheirWeights() throws IOException {
    Path run = write(folder.resolve("run"), "4x4x2-c3k3p1-pool-5-3");
    JsonNode section = PageData.section(page(run), "filters-1");
    JsonNode views = section.at("/plot/views");
    assertEquals(2, views.size(), "one for each input channel");
    assertEquals("input channel 2", views.at("/1/choices/1").textValue());
    assertEquals(3, views.at("/0/side").intValue());
    assertEquals(
        "[0.0,1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0]", views.at("/0/filters/0/weights").toString());
    assertEquals(
        "[109.0,110.0,111.0,112.0,113.0,114.0,115.0,116.0,117.0]",
        views.at("/1/filters/1/weights").toString());
    assertEquals("-17.0", views.at("/1/filters/2/weights/8").toString());
    assertEquals("channel 3", views.at("/1/filters/2/name").textValue());
    assertEquals(108.5, PageData.cell(section, "mean", "2").doubleValue());
    assertEquals(-17, PageData.cell(section, "least", "3").doubleValue());
  }

  @Test
  void everyLayersWeightsAreCounted() throws IOException {
    Path run = write(folder.resolve("run"), "4x4x2-c3k3p1-pool-5-3");
    JsonNode section = PageData.section(page(run), "layer-weights-1");
    JsonNode views = section.at("/plot/views");
    int[] weights = {54, 12 * 5, 15};
    String[] names = {"layer 1", "layer 2", "read-out"};
    for (int layer = 0; layer < 3; layer++) {
      assertEquals(names[layer], views.at("/" + layer + "/choices/1").textValue());
      double sum = 0;
      for (JsonNode count : views.at("/" + layer + "/counts")) {
        sum += count.doubleValue();
      }
      assertEquals(weights[layer], sum);
      assertEquals(weights[layer], PageData.cell(section, "weights", names[layer]).intValue());
    }
    assertEquals("weight", views.at("/0/x").textValue());
    assertEquals(-17, PageData.cell(section, "least", "layer 1").doubleValue());
    assertEquals(117, PageData.cell(section, "greatest", "layer 1").doubleValue());
    assertEquals((8.5 + 108.5 - 8.5) / 3, mean(section), 1e-9);
  }

  private static double mean(JsonNode section) {
    return PageData.cell(section, "mean", "layer 1").doubleValue();
  }

  /** Bins of equal width, symmetric around 0; the outermost weights are in the outermost bins. */
  @Test
  void binsHoldTheirWeights() {
    WeightHistogram of = WeightHistogram.of(new float[] {-2f, 0f, 0f, 2f, 1.99f});
    assertEquals(List.of(-2.0, 2.0), List.of(of.edges().get(0), of.edges().get(41)));
    assertEquals(1, of.counts().get(0));
    assertEquals(2, of.counts().get(20));
    assertEquals(2, of.counts().get(40));
    assertEquals(0.398, of.mean(), 1e-6);
    WeightHistogram zeros = WeightHistogram.of(new float[3]);
    assertEquals(3, zeros.counts().get(20));
    assertEquals(0, zeros.deviation());
  }

  /** Of more channels than are drawn those at equal distances; a dense network has no filters. */
  @Test
  void whatIsDrawnIsBounded() throws IOException {
    Path wide = write(folder.resolve("wide"), "4x4x1-c130k3p1-3");
    JsonNode filters = PageData.section(page(wide), "filters-1").at("/plot/views/0/filters");
    assertEquals(64, filters.size());
    assertEquals("channel 1", filters.at("/0/name").textValue());
    assertEquals("channel 128", filters.at("/63/name").textValue());
    Path dense = write(folder.resolve("dense"), "6-5-3");
    String page = page(dense);
    assertFalse(page.contains("filters-1"), "no filters");
    assertTrue(page.contains("layer-weights-1"));
  }

  @Test
  void aRunWithoutAModelHasNoPictures() throws IOException {
    Path run = MadeRuns.write(folder.resolve("run"), MadeRuns.train("naca", "rate", 1));
    String page = page(run);
    assertFalse(page.contains("filters-1") || page.contains("layer-weights-1"));
  }

  /** What cannot be drawn is said; the rest of the page stands. */
  @Test
  void aDamagedModelIsSaid() throws IOException {
    Path run = write(folder.resolve("run"), "4x4x1-c3k3p1-3");
    Path file = run.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    String page = page(run);
    JsonNode section = PageData.section(page, "layer-weights-1");
    assertEquals(1, section.get("notices").size(), section.toString());
    assertTrue(section.at("/notices/0").textValue().startsWith("Left out: "), section.toString());
    assertFalse(page.contains("filters-1"));
  }
}
