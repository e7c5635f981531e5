package org.raphe.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.raphe.engine.PyTorchEngine;

/** Gradients, outputs and updated parameters agree with the recorded vectors, two batches long. */
@EnabledIf(
    value = "org.raphe.engine.PyTorchEngine#isAvailable",
    disabledReason = "the PyTorch engine does not load here")
class EngineVectorsTest {

  @Test
  void spikingNetworkReproducesRecordedBatches() throws IOException {
    JsonNode recorded = read("snn_fc_1hidden");
    try (NDManager manager = PyTorchEngine.open(1, 1)) {
      int steps = recorded.get("spike_window").asInt();
      EngineSpikingNetwork network =
          new EngineSpikingNetwork(
              layer(manager, recorded, 0),
              layer(manager, recorded, 1),
              modulation(manager, recorded),
              steps);
      for (JsonNode batch : recorded.get("steps")) {
        try (NDManager scope = manager.newSubManager()) {
          network.lendTo(scope);
          int rows = steps * recorded.get("batch").asInt();
          NDArray spikes = array(scope, batch.get("input_spikes"), rows);
          NDArray labels = labels(scope, recorded);
          EngineNetwork.Step step = network.step(spikes, network.hidden.weight, labels);
          check(batch, network, step);
        }
      }
    }
  }

  @Test
  void rateNetworkReproducesRecordedBatches() throws IOException {
    JsonNode recorded = read("ann_fc_1hidden");
    try (NDManager manager = PyTorchEngine.open(1, 1)) {
      EngineRateNetwork network =
          new EngineRateNetwork(
              layer(manager, recorded, 0),
              layer(manager, recorded, 1),
              modulation(manager, recorded));
      for (JsonNode batch : recorded.get("steps")) {
        try (NDManager scope = manager.newSubManager()) {
          network.lendTo(scope);
          NDArray features = array(scope, recorded.get("input"), recorded.get("batch").asInt());
          check(batch, network, network.step(scope, features, labels(scope, recorded)));
        }
      }
    }
  }

  private static void check(JsonNode batch, EngineNetwork network, EngineNetwork.Step step) {
    assertClose("output", batch.get("output"), step.outputs());
    assertLayer(batch.get("gradients"), 0, step.hidden());
    assertLayer(batch.get("gradients"), 1, step.output());
    network.update(step);
    JsonNode after = batch.get("parameters_after");
    assertLayer(after, 0, new NDList(network.hidden.weight, network.hidden.bias));
    assertLayer(after, 1, new NDList(network.output.weight, network.output.bias));
  }

  private static void assertLayer(JsonNode recorded, int layer, NDList weightAndBias) {
    String name = "layers." + layer + ".fc.";
    NDArray weight = weightAndBias.get(0);
    assertClose(
        name + "weight", recorded.get(name + "weight"), layer == 0 ? weight.transpose() : weight);
    assertClose(name + "bias", recorded.get(name + "bias"), weightAndBias.get(1));
  }

  private static void assertClose(String name, JsonNode recorded, NDArray computed) {
    float[] expected = flat(recorded);
    float[] actual = computed.toFloatArray();
    assertEquals(expected.length, actual.length, name + ": number of values");
    for (int k = 0; k < expected.length; k++) {
      double tolerance = Math.max(1e-6, 1e-5 * Math.abs(expected[k]));
      assertEquals(expected[k], actual[k], tolerance, name + " at " + k);
    }
  }

  private static EngineLayer layer(NDManager manager, JsonNode recorded, int layer) {
    JsonNode parameters = recorded.get("parameters_before");
    JsonNode weight = parameters.get("layers." + layer + ".fc.weight");
    NDArray bias = array(manager, parameters.get("layers." + layer + ".fc.bias"), 1).flatten();
    NDArray stored = array(manager, weight, weight.size());
    NDArray own = layer == 0 ? stored.transpose().duplicate() : stored;
    return new EngineLayer(own, bias, (float) recorded.get("lr").asDouble());
  }

  private static NDArray modulation(NDManager manager, JsonNode recorded) {
    JsonNode stored = recorded.get("parameters_before").get("layers.0.NI");
    double[][] neuromodulators = new double[stored.size()][];
    for (int r = 0; r < stored.size(); r++) {
      float[] row = flat(stored.get(r));
      neuromodulators[r] = new double[row.length];
      for (int unit = 0; unit < row.length; unit++) {
        neuromodulators[r][unit] = row[unit];
      }
    }
    return EngineNetwork.table(manager, neuromodulators);
  }

  private static NDArray labels(NDManager manager, JsonNode recorded) {
    JsonNode labels = recorded.get("labels");
    long[] values = new long[labels.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = labels.get(k).asLong();
    }
    return manager.create(values);
  }

  private static NDArray array(NDManager manager, JsonNode values, int rows) {
    return manager.create(flat(values)).reshape(new Shape(rows, -1));
  }

  private static float[] flat(JsonNode values) {
    double[] leaves = leaves(values).toArray();
    float[] flat = new float[leaves.length];
    for (int k = 0; k < flat.length; k++) {
      flat[k] = (float) leaves[k];
    }
    return flat;
  }

  private static DoubleStream leaves(JsonNode node) {
    if (node.isNumber()) {
      return DoubleStream.of(node.asDouble());
    }
    return StreamSupport.stream(node.spliterator(), false)
        .flatMapToDouble(EngineVectorsTest::leaves);
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream file =
        EngineVectorsTest.class.getResourceAsStream("/vectors/" + name + ".json")) {
      return new ObjectMapper().readTree(file);
    }
  }
}
