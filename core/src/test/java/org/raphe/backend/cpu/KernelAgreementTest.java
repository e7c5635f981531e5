package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Activation;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;

/** Plain loops on one thread decide the bits; every other choice must give the same. */
class KernelAgreementTest {
  private static final String[] TOPOLOGIES = {
    "37-61-5", "5-3-2", "784-130-10", "20-64-33-7", "11-17-9-8-3", "300-257-70"
  };
  private static final int[] STEPS = {1, 7, 20, 32, 33, 40};
  private static final int[] BATCHES = {1, 3, 32, 33};
  private static final int[] THREADS = {1, 2, 3, 7};
  private static final int TRAINED_BATCHES = 3;
  private static final ReadoutLoss SHARP = ReadoutLoss.crossEntropy(4f);

  /** Columns that compete have cases of their own, in ColumnsAgreementTest. */
  private static final List<Rule> RULES =
      Rules.all().stream().filter(rule -> rule.descends() && !rule.needsEngine()).toList();

  static Stream<NetworkCase> cases() {
    List<NetworkCase> cases = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(8);
    for (String topology : TOPOLOGIES) {
      for (NeuronModel neuron : NeuronModel.values()) {
        for (Rule rule : RULES) {
          for (Optimizer optimizer : List.of(new Optimizer.Sgd(0.05f), Optimizer.Adam.of(0.01f))) {
            addLosses(cases, topology, neuron, rule, optimizer, random);
          }
        }
      }
    }
    return cases.stream();
  }

  private static void addLosses(
      List<NetworkCase> cases,
      String topology,
      NeuronModel neuron,
      Rule rule,
      Optimizer optimizer,
      SplittableRandom random) {
    for (ReadoutLoss loss : List.of(ReadoutLoss.PUBLISHED, SHARP, ReadoutLoss.CONTINUAL)) {
      boolean direct = loss != ReadoutLoss.CONTINUAL && random.nextBoolean();
      NetworkCase given =
          new NetworkCase(
              topology,
              neuron,
              loss == ReadoutLoss.CONTINUAL ? Mode.CLASS_CONTINUAL : Mode.CLASSIFICATION,
              rule,
              direct ? loss.withCredit(ReadoutLoss.Credit.DIRECT) : loss,
              optimizer,
              neuron == NeuronModel.RATE ? 1 : STEPS[random.nextInt(STEPS.length)],
              BATCHES[random.nextInt(BATCHES.length)],
              THREADS[random.nextInt(THREADS.length)]);
      cases.add(random.nextBoolean() ? given.surprised() : given);
      if (neuron == NeuronModel.RATE && loss != ReadoutLoss.CONTINUAL) {
        cases.add(given.rectified());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyChoiceOfLoopsAndThreadsGivesTheSameBits(NetworkCase given) {
    List<String> specification = record(given, "plain", 1);
    assertEquals(specification, record(given, "plain", given.threads()), "plain, more threads");
    assertEquals(specification, record(given, "vector", given.threads()), "vector");
  }

  /** Every combination of window and batch that shifts a group of columns or a word of spikes. */
  @ParameterizedTest
  @CsvSource({
    "1,1", "1,33", "4,6", "5,5", "9,2", "10,3", "11,4", "31,5", "32,33", "33,32", "40,33", "64,3",
    "65,2"
  })
  void windowsOfAnyLengthGiveTheSameBits(int steps, int batch) {
    for (Mode mode : Mode.values()) {
      boolean continual = mode == Mode.CLASS_CONTINUAL;
      everyChoiceOfLoopsAndThreadsGivesTheSameBits(
          new NetworkCase(
              "37-61-5",
              NeuronModel.LIF,
              mode,
              new Naca(),
              continual ? ReadoutLoss.CONTINUAL : ReadoutLoss.PUBLISHED,
              Optimizer.Adam.of(0.01f),
              steps,
              batch,
              2));
    }
  }

  /** Rows of sites that fill whole groups, leave some over, or are shorter than any group. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "28x28x1-c64k5p2-pool-c33k3p1-3",
        "17x33x2-c66k3s2p1-c20k2-3",
        "13x27x1-c130k4p1-pool-c16k3s3-3",
        "9x6x3-c40k5s3p4-3",
        "6x3x5-c5k3-3"
      })
  void convolutionsGiveTheSameBits(String topology) {
    NetworkCase given =
        new NetworkCase(
            topology,
            NeuronModel.RATE,
            Mode.CLASSIFICATION,
            new Naca(),
            ReadoutLoss.PUBLISHED,
            Optimizer.Adam.of(0.01f),
            1,
            5,
            3);
    everyChoiceOfLoopsAndThreadsGivesTheSameBits(given);
    everyChoiceOfLoopsAndThreadsGivesTheSameBits(given.rectified().surprised());
  }

  @Test
  void theLongestWindowGivesTheSameBits() {
    NetworkCase given =
        new NetworkCase(
            "5-3-2",
            NeuronModel.LIF,
            Mode.CLASSIFICATION,
            new Naca(),
            ReadoutLoss.PUBLISHED,
            Optimizer.Adam.of(0.01f),
            Placement.MAX_STEPS,
            32,
            1);
    assertEquals(record(given, "plain", 1), record(given, "vector", 1));
  }

  /** What a run leaves to see: one line a batch, a last batch that is not full included. */
  private static List<String> record(NetworkCase given, String kernels, int threads) {
    List<String> lines = new ArrayList<>();
    int size = given.batch() + 8;
    Samples samples = given.samples(size);
    int[] order = NetworkCase.order(size);
    try (CpuBackend backend = new CpuBackend(threads, KernelChoice.named(kernels));
        PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(samples)) {
      Parameters drawn = given.parameters(2f);
      placed.writeParameters(drawn);
      for (int k = 0; k < TRAINED_BATCHES; k++) {
        int count = k == TRAINED_BATCHES - 1 ? (given.batch() + 1) / 2 : given.batch();
        int stream = RandomStream.TRAINING_SPIKES.number(k + 1);
        BatchSchedule.train(placed, shown, order, k, count, stream, k + 1, 1f);
        lines.add(state(placed));
      }
      assertNotEquals(drawn.sha256(), placed.readParameters().sha256(), "nothing was learned");
      int stream = RandomStream.TEST_SPIKES.number(0);
      BatchSchedule.test(placed, shown, order, 5, given.batch(), stream);
      lines.add(state(placed));
    }
    return lines;
  }

  private static String state(PlacedNetwork placed) {
    StringBuilder text = new StringBuilder();
    text.append("parameters ").append(placed.readParameters().sha256());
    text.append(" first moments ").append(placed.readFirstMoments().sha256());
    text.append(" second moments ").append(placed.readSecondMoments().sha256());
    addBits(text.append(" outputs"), placed.readOutputs());
    int depth = placed.placement().network().layers().size();
    for (int layer = 0; layer < depth; layer++) {
      if (placed.placement().network().neuron() == NeuronModel.LIF) {
        text.append(" spikes ").append(Arrays.toString(placed.readSpikeCounts(layer)));
      }
      float[] gate = placed.readGate(layer);
      addBits(text.append(" gate"), gate == null ? new float[0] : gate);
    }
    Counters counters = placed.takeCounters();
    text.append(" samples ").append(counters.samples()).append(" hits ").append(counters.hits());
    text.append(" error ").append(Double.doubleToRawLongBits(counters.squaredError()));
    text.append(" active ").append(Arrays.toString(counters.activeInputs()));
    text.append(" updates ").append(Arrays.toString(counters.synapseUpdates()));
    return text.toString();
  }

  private static void addBits(StringBuilder text, float[] values) {
    for (float value : values) {
      text.append(' ').append(Integer.toHexString(Float.floatToRawIntBits(value)));
    }
  }

  /** Thresholds 0 (never), 2^24 (always) and between, for inputs that do not fill four words. */
  @ParameterizedTest
  @CsvSource({"1,1", "2,31", "3,32", "4,33", "5,64", "9,40", "10,20"})
  void spikesAreDrawnAlike(int inputs, int steps) {
    int[] thresholds = new int[inputs];
    SplittableRandom random = new SplittableRandom(inputs);
    for (int input = 0; input < inputs; input++) {
      thresholds[input] = new int[] {random.nextInt(1 << 24), 1 << 24, 0}[(input + 1) % 3];
    }
    SpikeTrains plain = new SpikeTrains(2, inputs, inputs, steps);
    SpikeTrains vector = new SpikeTrains(2, inputs, inputs, steps);
    KernelChoice.named("plain").kernels().drawSpikes(-3L, 1, -5, thresholds, inputs, plain, 1);
    KernelChoice.named("vector").kernels().drawSpikes(-3L, 1, -5, thresholds, inputs, vector, 1);
    assertArrayEquals(plain.trains, vector.trains);
    for (int input = 0; input < inputs; input++) {
      int least = thresholds[input] == 1 << 24 ? steps : 0;
      int most = thresholds[input] == 0 ? 0 : steps;
      assertEquals(Math.max(least, Math.min(most, plain.count(1, input))), plain.count(1, input));
      assertEquals(0, plain.count(0, input), "the other sample is left as it is");
    }
  }

  @ParameterizedTest
  @CsvSource({"-12,12", "-0.001,0.001", "-1e-38,1e-38", "-1e38,1e38", "9.9,10.1"})
  void rateUnitsAgreeOnEveryValue(float low, float high) {
    float[] special = {0f, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    // The contract of tanh covers no NaN; a rectifier makes it 0.
    float[] rectified = {Float.NaN, -Float.NaN, -Float.MIN_VALUE, 0x1p-126f, -0x1p-126f};
    SplittableRandom random = new SplittableRandom(2);
    float[] z = new float[1 << 16];
    float[] signal = new float[z.length];
    for (int k = 0; k < z.length; k++) {
      z[k] = k < special.length ? special[k] : (float) random.nextDouble(low, high);
      signal[k] = (float) random.nextDouble(-1, 1);
    }
    assertArrayEquals(
        rateUnits("plain", Activation.TANH, z, signal),
        rateUnits("vector", Activation.TANH, z, signal));
    System.arraycopy(rectified, 0, z, special.length, rectified.length);
    assertArrayEquals(
        rateUnits("plain", Activation.RELU, z, signal),
        rateUnits("vector", Activation.RELU, z, signal));
  }

  /** Currents that are not above 0 give +0, -0 and NaN among them, and no credit. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void aRectifierChooses(String kernels) {
    float[] open = {Float.MIN_VALUE, 0x1p-126f, 1f, 0x1.fffffep127f, Float.POSITIVE_INFINITY};
    float[] closed = {
      0f, -0f, -Float.MIN_VALUE, -1f, Float.NEGATIVE_INFINITY, Float.NaN, Float.intBitsToFloat(-1)
    };
    float[] z = new float[64];
    float[] signal = new float[64];
    float[] expectedValues = new float[64];
    float[] expectedCredits = new float[64];
    for (int k = 0; k < 64; k++) {
      boolean opens = k % 3 == 0;
      z[k] = opens ? open[k / 3 % open.length] : closed[k / 3 % closed.length];
      signal[k] = k % 2 == 0 ? -0.7f : 1.1f;
      expectedValues[k] = opens ? z[k] : 0f;
      expectedCredits[k] = opens ? signal[k] : 0f;
    }
    int[] found = rateUnits(kernels, Activation.RELU, z, signal);
    for (int k = 0; k < 64; k++) {
      assertEquals(Float.floatToRawIntBits(expectedValues[k]), found[k], "h of " + z[k]);
      assertEquals(Float.floatToRawIntBits(expectedCredits[k]), found[64 + k], "c of " + z[k]);
    }
  }

  private static int[] rateUnits(String kernels, Activation activation, float[] z, float[] signal) {
    TileKernels loops = KernelChoice.named(kernels).kernels();
    float[] h = z.clone();
    float[] c = new float[z.length];
    for (int at = 0; at < z.length; at += 64) {
      loops.rateUnits(activation, h, at, 64, null, 0, signal, at, c, at);
    }
    int[] bits = new int[2 * z.length];
    for (int k = 0; k < z.length; k++) {
      bits[k] = Float.floatToRawIntBits(h[k]);
      bits[z.length + k] = Float.floatToRawIntBits(c[k]);
    }
    return bits;
  }
}
