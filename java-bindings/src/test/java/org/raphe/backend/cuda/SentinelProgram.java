package org.raphe.backend.cuda;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.device.CompetitiveCases;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.RewardPropagation;
import org.raphe.tensor.NamedTensors;

/**
 * Changes the PTX of one kernel so that all it writes is one number, and prints what comes back.
 */
final class SentinelProgram {
  /** Float 42, and a whole number that no counter comes to. */
  private static final String FLOAT = "mov.f32 %s, 0f42280000;\n";

  private static final String FLOAT_BITS = "mov.u32 %s, 0x42280000;\n";

  static final float PLANTED = 42f;
  static final long COUNTED = 1234567;
  private static final String COUNT = "mov.u64 %s, " + COUNTED + ";\n";

  private SentinelProgram() {}

  public static void main(String[] arguments) {
    learned("learn_spiking", NeuronModel.LIF);
    learned("learn_rate", NeuronModel.RATE);
    outputs("readout_spiking", NeuronModel.LIF);
    outputs("readout_rate", NeuronModel.RATE);
    counted("hidden_layer_spiking", NeuronModel.LIF);
    counted("hidden_layer_rate", NeuronModel.RATE);
    gate();
    modulated();
    answered();
    headLearned();
    columns("activate_columns", "f32", FLOAT, AssociativeReadout.WINNER);
    columns("compete", "u32", "mov.u32 %s, 2;\n", AssociativeReadout.WINNER);
    columns("learn_columns", "f32", FLOAT, AssociativeReadout.WINNER);
    columns("learn_association", "u32", FLOAT_BITS, AssociativeReadout.WINNER);
    columns("learn_least_squares", "f32", FLOAT, AssociativeReadout.RLS);
    columns("learn_inverse_correlation", "f32", FLOAT, AssociativeReadout.RLS);
    selfTest();
  }

  private static void learned(String kernel, NeuronModel neuron) {
    DeviceCase given = given(neuron, Mode.CLASSIFICATION, Optimizer.Adam.of(0.01));
    try (CudaBackend backend = planted(kernel, "f32", FLOAT);
        PlacedNetwork placed = trained(given, backend, null)) {
      long learned = 0;
      for (LayerParameters layer : placed.readParameters().layers()) {
        for (float weight : layer.weights()) {
          learned += weight == PLANTED ? 1 : 0;
        }
      }
      HarnessRun.row(kernel + ": " + (learned > 0));
    }
  }

  private static void outputs(String kernel, NeuronModel neuron) {
    DeviceCase given = given(neuron, Mode.CLASSIFICATION, Optimizer.Adam.of(0.01));
    try (CudaBackend backend = planted(kernel, "f32", FLOAT);
        PlacedNetwork placed = trained(given, backend, null)) {
      HarnessRun.row(kernel + ": " + all(placed.readOutputs()));
    }
  }

  private static void counted(String kernel, NeuronModel neuron) {
    DeviceCase given = given(neuron, Mode.CLASSIFICATION, Optimizer.Adam.of(0.01));
    try (CudaBackend backend = planted(kernel, "u64", COUNT);
        PlacedNetwork placed = trained(given, backend, null)) {
      long counted = placed.takeCounters().synapseUpdates()[0];
      HarnessRun.row(kernel + ": " + (counted > 0 && counted % COUNTED == 0));
    }
  }

  private static void gate() {
    DeviceCase given = given(NeuronModel.RATE, Mode.CLASS_CONTINUAL, new Optimizer.Sgd(0.01));
    try (CudaBackend backend = planted("open_gate", "f32", FLOAT);
        PlacedNetwork placed = trained(given, backend, null)) {
      HarnessRun.row("open_gate: " + all(placed.readGate(0)));
    }
  }

  private static boolean all(float[] values) {
    boolean planted = values.length > 0;
    for (float value : values) {
      planted &= value == PLANTED;
    }
    return planted;
  }

  private static void modulated() {
    try (CudaBackend backend = planted("modulate", "f32", FLOAT)) {
      HarnessRun.row("modulate: " + gradients(backend, null));
    }
  }

  private static void headLearned() {
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new LocalError(LocalError.Heads.LEARNED));
    DeviceCase given =
        new DeviceCase("37-17-5", NeuronModel.RATE, Mode.CLASSIFICATION, learning, 1, 8, false);
    try (CudaBackend backend = planted("learn_head", "f32", FLOAT);
        PlacedNetwork placed = trained(given, backend, null)) {
      HarnessRun.row(
          "learn_head: " + anyPlanted(placed.readState().tensors().values("layers.0.head")));
    }
  }

  /** The same signals for every sample, whatever the rule. */
  private static void answered() {
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new RewardPropagation())
            .withOptimizer(new Optimizer.GradientProbe());
    DeviceCase given =
        new DeviceCase("37-17-5", NeuronModel.RATE, Mode.CLASSIFICATION, learning, 1, 8, false);
    try (CudaBackend backend = planted("answer", "f32", FLOAT)) {
      HarnessRun.row("answer: " + gradients(given, backend, null));
    }
  }

  /** Signals are not read back: gradients of planted ones are those of the same signals given. */
  static String gradients(Backend backend, float[] signals) {
    DeviceCase given = given(NeuronModel.RATE, Mode.CLASSIFICATION, new Optimizer.GradientProbe());
    return gradients(given, backend, signals);
  }

  private static String gradients(DeviceCase given, Backend backend, float[] signals) {
    try (PlacedNetwork placed = trained(given, backend, signals)) {
      return placed.readFirstMoments().sha256();
    }
  }

  /** Signals as the planted kernel writes them. */
  static float[] signals() {
    float[] values = new float[5 * 17];
    Arrays.fill(values, PLANTED);
    return values;
  }

  /** What each kernel of competing columns writes; none is active before a first batch. */
  private static void columns(String kernel, String type, String move, AssociativeReadout readout) {
    DeviceCase given = CompetitiveCases.small(readout, 8);
    try (CudaBackend backend = planted(kernel, type, move);
        PlacedNetwork placed = trained(given, backend, null, 2)) {
      HarnessRun.row(kernel + ": " + isPlanted(kernel, placed));
    }
  }

  private static boolean isPlanted(String kernel, PlacedNetwork placed) {
    NamedTensors state = placed.readState().tensors();
    float[] wins = state.values(NetworkState.WINS);
    List<LayerParameters> layers = placed.readParameters().layers();
    return switch (kernel) {
      case "activate_columns" -> all(placed.readOutputs());
      case "compete" -> wins[2] == 16f && wins[0] == 0f;
      case "learn_columns" -> anyPlanted(wins) && anyPlanted(layers.get(0).weights());
      case "learn_inverse_correlation" -> all(state.values(NetworkState.INVERSE_CORRELATION));
      default -> anyPlanted(layers.get(1).weights());
    };
  }

  private static boolean anyPlanted(float[] values) {
    for (float value : values) {
      if (value == PLANTED) {
        return true;
      }
    }
    return false;
  }

  private static void selfTest() {
    try (CudaBackend backend = planted("self_test", "u32", "mov.u32 %s, 2;\n")) {
      HarnessRun.row("self_test: believed " + backend.device());
    } catch (RunException e) {
      HarnessRun.row("self_test: " + e.getMessage());
    }
  }

  private static DeviceCase given(NeuronModel neuron, Mode mode, Optimizer optimizer) {
    LearningSpec learning = LearningSpec.published(mode, new Naca()).withOptimizer(optimizer);
    int steps = neuron == NeuronModel.LIF ? 5 : 1;
    return new DeviceCase("37-17-5", neuron, mode, learning, steps, 8, false);
  }

  private static PlacedNetwork trained(DeviceCase given, Backend backend, float[] signals) {
    return trained(given, backend, signals, 1);
  }

  private static PlacedNetwork trained(
      DeviceCase given, Backend backend, float[] signals, int batches) {
    PlacedNetwork placed = backend.place(given.placement());
    try (PlacedSamples shown = placed.placeSamples(given.samples(8))) {
      given.writeInitial(placed);
      if (signals != null) {
        placed.writeClassSignals(0, signals);
      }
      for (int step = 1; step <= batches; step++) {
        BatchSchedule.train(placed, shown, DeviceCase.order(8, 1), 0, 8, 1, step, 1.0);
      }
      return placed;
    }
  }

  private static CudaBackend planted(String kernel, String type, String move) {
    return new CudaBackend(0, false, FaultPlan.none(), planting(kernel, type, move));
  }

  /** Puts the number into every register just before it is stored. */
  private static UnaryOperator<String> planting(String kernel, String type, String move) {
    Pattern store =
        Pattern.compile(
            "(?m)^\\s*st\\.global(\\.v\\d)?\\." + type + "\\s+\\[[^]]+], \\{?([^};]*)}?;");
    return ptx -> {
      if (!ptx.contains(".entry " + kernel + "(")) {
        return ptx;
      }
      return store
          .matcher(ptx)
          .replaceAll(
              found ->
                  Matcher.quoteReplacement(
                      Arrays.stream(found.group(2).split(","))
                          .map(register -> move.formatted(register.strip()))
                          .collect(Collectors.joining("", "", found.group().strip()))));
    };
  }
}
