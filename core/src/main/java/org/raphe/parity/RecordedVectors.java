package org.raphe.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.BatchStep;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;
import org.raphe.neuromodulation.ModulationCurve;

/**
 * Checks a backend against numbers recorded from the published reference program: outputs, spike
 * counts, gradients and parameters of two batches of small networks, the modulation curve and the
 * expectation.
 */
public final class RecordedVectors {
  private static final float GATE_MARGIN = 0.2f;
  private static final long MAX_FILE_BYTES = 64L << 20;

  /** What comes with the program; a test compares the list with the folder. */
  static final List<String> BUNDLED =
      List.of(
          "ann_conv.json",
          "ann_fc_1hidden.json",
          "ann_fc_3hidden.json",
          "continual_ann.json",
          "continual_snn.json",
          "continual_snn_2hidden.json",
          "expectation.json",
          "modulation.json",
          "snn_conv.json",
          "snn_fc_1hidden.json",
          "snn_fc_3hidden.json");

  private RecordedVectors() {}

  /**
   * Checks every {@code .json} file of a folder, by name.
   *
   * @return a row a file
   * @throws InputException if the folder or a file cannot be read
   */
  public static List<CheckRow> check(Path folder, Backend backend) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new InputException(
          "cannot list the folder of recorded vectors " + folder + ": " + IoFailure.reason(e), e);
    }
    if (files.isEmpty()) {
      throw new InputException("no recorded vectors (*.json) in " + folder);
    }
    List<CheckRow> rows = new ArrayList<>();
    for (Path file : files) {
      rows.add(checkFile(file, backend));
    }
    return rows;
  }

  /**
   * Checks every file that comes with the program.
   *
   * @return a row a file
   */
  public static List<CheckRow> checkBundled(Backend backend) {
    List<CheckRow> rows = new ArrayList<>();
    for (String name : BUNDLED) {
      rows.add(check(name, readBundled(name), backend));
    }
    return rows;
  }

  /** Checks one file. */
  public static CheckRow checkFile(Path path, Backend backend) {
    String name = path.getFileName().toString();
    return check(name, read(path, name), backend);
  }

  private static CheckRow check(String name, RecordedJson file, Backend backend) {
    if (file.has("bands")) {
      return skipped(name, "speech features are checked by the tests of the datasets module");
    }
    Comparison comparison = new Comparison();
    if (file.has("cases") && name.startsWith("modulation")) {
      checkModulation(file, comparison);
    } else if (file.has("cases") && name.startsWith("expectation")) {
      checkExpectation(file, comparison);
    } else {
      RecordedNetwork network = new RecordedNetwork(file);
      checkNetwork(file, network, comparison, backend);
    }
    return comparison.row(name);
  }

  private static RecordedJson read(Path path, String name) {
    try {
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw new InputException(
            "recorded vectors " + path + " are larger than " + (MAX_FILE_BYTES >> 20) + " MiB");
      }
      return new RecordedJson(name, new ObjectMapper().readTree(Files.readAllBytes(path)));
    } catch (JsonProcessingException e) {
      throw new InputException(
          "recorded vectors " + path + " are not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InputException(
          "cannot read recorded vectors " + path + ": " + IoFailure.reason(e), e);
    }
  }

  private static RecordedJson readBundled(String name) {
    try (InputStream in = RecordedVectors.class.getResourceAsStream("vectors/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the recorded vectors " + name + " are not in this build");
      }
      return new RecordedJson(name, new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled vectors " + name, e);
    }
  }

  private static CheckRow skipped(String name, String why) {
    return new CheckRow(name, CheckRow.Outcome.SKIPPED, why);
  }

  private static void checkModulation(RecordedJson file, Comparison comparison) {
    RecordedJson cases = file.child("cases");
    for (int k = 0; k < cases.size(); k++) {
      RecordedJson recorded = cases.element(k);
      ModulationCurve curve =
          new ModulationCurve(recorded.number("lambda_inv"), recorded.number("theta_max"));
      float[] levels = recorded.floats("level");
      float[] computed = new float[levels.length];
      for (int n = 0; n < levels.length; n++) {
        computed[n] = curve.at(levels[n]);
      }
      comparison.close("modulation " + k, computed, recorded.floats("modulation"));
    }
  }

  private static void checkExpectation(RecordedJson file, Comparison comparison) {
    RecordedJson cases = file.child("cases");
    for (int k = 0; k < cases.size(); k++) {
      int classes = cases.element(k).integer("classes");
      RecordedJson rows = cases.element(k).child("expectation");
      if (rows.size() != classes) {
        throw file.fault("has " + rows.size() + " expectations of " + classes + " classes");
      }
      Expectation expectation = new Expectation(classes);
      for (int c = 0; c < classes; c++) {
        comparison.close(
            "expectation of class " + c + " of " + classes,
            expectation.vector(c),
            rows.element(c).floats());
      }
    }
  }

  private static void checkNetwork(
      RecordedJson file, RecordedNetwork network, Comparison comparison, Backend backend) {
    Parameters before = network.parameters(file.child("parameters_before"));
    Samples samples =
        Samples.ofFeatures(
            file.text("name"),
            network.spec.input(),
            network.spec.classes(),
            network.inputs(file.floats("input")),
            file.integers("labels"));
    try (PlacedNetwork probe = place(backend, network, true, samples);
        PlacedNetwork trained = place(backend, network, false, samples);
        PlacedSamples probed = probe.placeSamples(samples);
        PlacedSamples shown = trained.placeSamples(samples)) {
      trained.writeState(trained.placement().initialState().withParameters(network.spec, before));
      for (int step = 0; step < file.child("steps").size(); step++) {
        RecordedJson recorded = file.child("steps").element(step);
        String at = "step " + (step + 1) + " ";
        probe.writeParameters(trained.readParameters());
        runBatch(network, probe, probed, recorded, step + 1);
        compareParameters(
            at + "gradient",
            comparison,
            probe.readFirstMoments(),
            network.parameters(recorded.child("gradients")));
        runBatch(network, trained, shown, recorded, step + 1);
        compareForward(at, comparison, network, trained, recorded);
        compareParameters(
            at + "parameters",
            comparison,
            trained.readParameters(),
            network.parameters(recorded.child("parameters_after")));
      }
    }
  }

  private static PlacedNetwork place(
      Backend backend, RecordedNetwork network, boolean probe, Samples samples) {
    NetworkSpec spec = network.spec;
    Placement placement =
        new Placement(
            spec, network.learning(probe), network.steps(), samples.size(), 1f, GATE_MARGIN, 0);
    PlacedNetwork placed = backend.place(placement);
    for (int layer = 0; layer < spec.layers().size() - 1; layer++) {
      Innervation innervation =
          new Innervation(
              new Expectation(spec.classes()),
              spec.layers().get(layer).units(),
              network.innervation(layer));
      placed.writeClassSignals(layer, innervation.modulation(network.curve()));
    }
    return placed;
  }

  private static void runBatch(
      RecordedNetwork network,
      PlacedNetwork placed,
      PlacedSamples samples,
      RecordedJson recorded,
      int stepNumber) {
    int[] order = new int[samples.size()];
    Arrays.setAll(order, k -> k);
    placed.beginBatch(samples, order, 0, order.length);
    if (placed.placement().network().neuron() == NeuronModel.LIF) {
      placed.writeInputSpikes(pack(network, recorded, placed.placement(), order.length));
    }
    BatchSchedule.trainBegun(placed, BatchStep.alike(stepNumber, 1f));
  }

  /** [step][sample][input] numbers to [sample][word][input] trains. */
  private static int[] pack(
      RecordedNetwork network, RecordedJson recorded, Placement placement, int samples) {
    float[] spikes = network.inputs(recorded.floats("input_spikes"));
    int inputs = placement.network().input().size();
    if (spikes.length != placement.steps() * samples * inputs) {
      throw recorded.fault("has " + spikes.length + " input spikes, which do not fit its samples");
    }
    int words = (placement.steps() + 31) / 32;
    int[] trains = new int[samples * words * inputs];
    for (int t = 0; t < placement.steps(); t++) {
      for (int sample = 0; sample < samples; sample++) {
        for (int input = 0; input < inputs; input++) {
          if (spikes[(t * samples + sample) * inputs + input] != 0f) {
            trains[(sample * words + t / 32) * inputs + input] |= 1 << (t & 31);
          }
        }
      }
    }
    return trains;
  }

  private static void compareForward(
      String at,
      Comparison comparison,
      RecordedNetwork network,
      PlacedNetwork placed,
      RecordedJson recorded) {
    comparison.close(at + "output", placed.readOutputs(), recorded.floats("output"));
    Counters counters = placed.takeCounters();
    if (recorded.has("loss")) {
      double terms = (double) counters.samples() * placed.placement().network().classes();
      comparison.close(at + "loss", counters.squaredError() / terms, recorded.number("loss"));
    }
    if (recorded.has("hidden_spike_counts")) {
      // One block a layer; the last is the read-out's.
      RecordedJson counts = recorded.child("hidden_spike_counts");
      if (network.spec.neuron() != NeuronModel.LIF
          || counts.size() != network.spec.layers().size()) {
        throw recorded.fault("has " + counts.size() + " spike counts of layers");
      }
      for (int layer = 0; layer < counts.size(); layer++) {
        float[] block = ChannelOrder.last(counts.element(layer).floats(), network.units(layer));
        int[] whole = new int[block.length];
        Arrays.setAll(whole, k -> Math.round(block[k]));
        comparison.same(
            at + "spike counts of layer " + layer, placed.readSpikeCounts(layer), whole);
      }
    }
    if (network.isContinual() && recorded.has("hidden_gate_layer0")) {
      comparison.close(at + "gate", placed.readGate(0), recorded.floats("hidden_gate_layer0"));
    }
  }

  private static void compareParameters(
      String what, Comparison comparison, Parameters computed, Parameters recorded) {
    for (int layer = 0; layer < recorded.layers().size(); layer++) {
      String name = what + " of layer " + layer;
      comparison.close(
          name + " weights",
          computed.layers().get(layer).weights(),
          recorded.layers().get(layer).weights());
      if (recorded.layers().get(layer).biases() != null) {
        comparison.close(
            name + " biases",
            computed.layers().get(layer).biases(),
            recorded.layers().get(layer).biases());
      }
    }
  }
}
