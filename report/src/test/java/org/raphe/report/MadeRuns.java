package org.raphe.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Run folders made by hand, with numbers that are easy to follow. */
final class MadeRuns {
  static final int EXPERIENCES = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private MadeRuns() {}

  /** A run of {@code train} whose accuracy is 0.5 + seed / 100 after epoch 2. */
  static ObjectNode train(String rule, String neuron, int seed) {
    ObjectNode run = begin("train", rule, neuron, seed);
    ArrayNode epochs = run.putArray("epochs");
    for (int epoch = 1; epoch <= 2; epoch++) {
      epochs
          .addObject()
          .put("epoch", epoch)
          .put("train_accuracy", 0.3 + 0.1 * epoch)
          .put("test_accuracy", 0.3 + 0.1 * epoch + seed / 100.0)
          .put("seconds", 1.5);
    }
    run.put("test_accuracy", 0.5 + seed / 100.0);
    putConfusion(run, seed);
    if (neuron.equals("lif")) {
      putSpikes(run);
    }
    return run;
  }

  /** Two classes: all of 3 samples of the first right; of 4, seed % 4 taken for the first. */
  private static void putConfusion(ObjectNode run, int seed) {
    ((ObjectNode) run.get("dataset")).putArray("class_names").add("cat").add("dog");
    ObjectNode confusion = run.putObject("confusion");
    confusion.put("measured_on", "test").putArray("class_samples").add(3).add(4);
    ArrayNode counts = confusion.putArray("counts");
    counts.addArray().add(3).add(0);
    counts.addArray().add(seed % 4).add(4 - seed % 4);
  }

  /** Three steps of a hidden layer, of which two of nine units are kept, and of the read-out. */
  private static void putSpikes(ObjectNode run) {
    ObjectNode example = run.putObject("example_spikes");
    example.put("label", 0).put("predicted", 1).put("steps", 3);
    ObjectNode hidden = example.putArray("layers").addObject();
    hidden.put("units", 9).put("spikes", 12).putArray("shown").add(0).add(4);
    hidden.putArray("trains").add("101").add("010");
    ObjectNode readout = example.withArray("layers").addObject();
    readout.put("units", 2).put("spikes", 3).putArray("shown").add(0).add(1);
    readout.putArray("trains").add("000").add("111");
  }

  /** A run of {@code train} of these accuracies; its counts are 100 operations and 1000 B. */
  static ObjectNode reaching(String rule, String neuron, int seed, double... accuracies) {
    ObjectNode run = train(rule, neuron, seed);
    ArrayNode epochs = run.putArray("epochs");
    for (double accuracy : accuracies) {
      epochs.addObject().put("test_accuracy", accuracy).put("seconds", 2.0);
    }
    run.put("test_accuracy", accuracies[accuracies.length - 1]);
    ObjectNode cost = (ObjectNode) run.get("cost");
    cost.put("macs", 40).put("bytes_moved", 1000);
    cost.putObject("synaptic_operations").put("forward", 0).put("learning", 60);
    return run;
  }

  /** As the engine's rules write their counts: a spiking network's forward accumulates are none. */
  static ObjectNode byFormula(ObjectNode run) {
    ObjectNode cost = (ObjectNode) run.get("cost");
    cost.put("counted_by", "formula").putNull("energy_estimate_joules");
    if (run.get("neuron").textValue().equals("lif")) {
      ((ObjectNode) cost.get("synaptic_operations")).putNull("forward");
    }
    return run;
  }

  private static ObjectNode begin(String command, String rule, String neuron, int seed) {
    ObjectNode run = JSON.createObjectNode();
    run.put("format", 1).put("command", command);
    run.putObject("dataset")
        .put("name", "mnist")
        .put("train_samples", 60_000)
        .put("test_samples", 10_000);
    run.put("network", "784-1000-10").put("neuron", neuron).put("rule", rule).put("seed", seed);
    run.putObject("optimizer").put("name", "adam").put("learning_rate", 1e-3);
    run.putObject("backend").put("name", "cpu").put("device", "test");
    ObjectNode cost = run.putObject("cost");
    double more = rule.equals("frozen") ? 1 : neuron.equals("lif") ? 3 : 2;
    cost.putObject("synaptic_operations").put("forward", 1e6 * more).put("learning", 1e5 * more);
    cost.put("macs", 0).put("bytes_moved", 2e6 * more).put("seconds", more + seed / 10.0);
    cost.put("network_bytes", 4000)
        .putNull("energy_joules")
        .put("energy_source", "not measured: a test");
    cost.put("energy_estimate_joules", 1e-6 * more).put("published_cost", 1e6 * more);
    run.putObject("provenance")
        .put("version", "0")
        .put("git_commit", "abc")
        .put("same_bits", "on every backend");
    return run;
  }

  /** A run of {@code continual} with three experiences. */
  static ObjectNode continual(String protocol, int seed) {
    ObjectNode run = begin("continual", "naca", "rate", seed);
    run.put("protocol", protocol);
    run.putObject("stream").put("classes_per_experience", 1).putArray("order").add(seed);
    ArrayNode matrix = run.putArray("accuracy_matrix");
    for (int i = 0; i <= EXPERIENCES; i++) {
      ArrayNode row = matrix.addArray();
      for (int j = 1; j <= EXPERIENCES; j++) {
        if (j <= i) {
          row.add(0.9 - 0.1 * (i - j) - seed / 100.0);
        } else if (i == 0) {
          row.add(0.1);
        } else {
          row.addNull();
        }
      }
    }
    ObjectNode metrics = run.putObject("metrics");
    metrics.putObject("final_accuracy").put("value", 0.8).put("formula", "mean of the last row");
    metrics.putObject("forgetting").put("value", 0.1 + seed / 100.0).put("formula", "best - last");
    putWeightChanges(run, protocol.equals("strict"));
    return run;
  }

  /** As {@code raphe continual} writes them, with open bins at both ends; or a layer's own bins. */
  private static void putWeightChanges(ObjectNode run, boolean open) {
    ObjectNode changes = JSON.createObjectNode();
    changes.putArray("edges").add(0.01).add(0.1);
    ObjectNode layer = JSON.createObjectNode();
    layer.put(open ? "share_below_1_percent" : "below_one_percent", 0.9);
    layer.putArray("counts").add(900).add(90).add(10);
    if (!open) {
      layer.put("layer", 1).putArray("edges").add(0).add(0.01).add(0.1).add(1);
    }
    ArrayNode experiences = open ? changes.putArray("experiences") : JSON.createArrayNode();
    experiences.addObject().put("experience", 1).putArray("layers").add(layer);
    run.set("weight_changes", open ? changes : experiences);
  }

  /** 75 runs of {@code train} and 40 of {@code continual} with ten experiences, of 5 seeds each. */
  static Path many(Path folder) throws IOException {
    for (int seed = 1; seed <= 5; seed++) {
      for (int rule = 1; rule <= 15; rule++) {
        double[] accuracies = new double[10];
        for (int epoch = 0; epoch < accuracies.length; epoch++) {
          accuracies[epoch] = 0.9 + 0.008 * epoch + rule / 1000.0 + seed / 10000.0;
        }
        String neuron = rule % 2 == 0 ? "rate" : "lif";
        write(folder.resolve("t" + rule + seed), reaching("rule" + rule, neuron, seed, accuracies));
      }
      for (int rule = 1; rule <= 4; rule++) {
        for (String protocol : new String[] {"strict", "published"}) {
          ObjectNode run = continual(protocol, seed);
          run.put("rule", "rule" + rule);
          lengthen(run, rule + seed);
          write(folder.resolve("c" + rule + protocol + seed), run);
        }
      }
    }
    return folder;
  }

  /** Ten experiences with histograms of two layers in place of three. */
  private static void lengthen(ObjectNode run, int odd) {
    ArrayNode matrix = run.putArray("accuracy_matrix");
    ObjectNode changes = run.putObject("weight_changes");
    ArrayNode edges = changes.putArray("edges");
    for (int bin = 0; bin < 13; bin++) {
      edges.add(Math.pow(10, (bin - 10) / 2.0));
    }
    for (int i = 0; i <= 10; i++) {
      ArrayNode row = matrix.addArray();
      for (int j = 1; j <= 10; j++) {
        row.add(1 / (1.1 + Math.abs(i - j) + odd / 7.0));
      }
      for (int layer = 0; i > 0 && layer < 2; layer++) {
        if (layer == 0) {
          changes.withArray("experiences").addObject().put("experience", i).putArray("layers");
        }
        ObjectNode of = ((ArrayNode) changes.at("/experiences/" + (i - 1) + "/layers")).addObject();
        ArrayNode counts = of.put("share_below_1_percent", 0.9).putArray("counts");
        for (int bin = 0; bin < 14; bin++) {
          counts.add(Math.round(1e5 / (1 + bin * (odd + layer) + i)));
        }
      }
    }
  }

  static Path write(Path folder, ObjectNode result) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("result.json"), JSON.writeValueAsBytes(result));
    return folder;
  }

  /** Runs of every kind, of three seeds each, below one folder. */
  static Path all(Path folder) throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      write(folder.resolve("bp" + seed), byFormula(reaching("bp", "rate", seed, 0.96, 0.98)));
      for (String neuron : new String[] {"lif", "rate"}) {
        for (String rule : new String[] {"naca", "drtp", "frozen"}) {
          write(folder.resolve(rule + neuron + seed), train(rule, neuron, seed));
        }
      }
      for (String protocol : new String[] {"strict", "published"}) {
        write(folder.resolve(protocol + seed), continual(protocol, seed));
      }
    }
    return folder;
  }
}
