package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.StripedSum;
import org.raphe.data.Samples;
import org.raphe.network.LayerParameters;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.NacaCompetitive;
import org.raphe.tensor.NamedTensors;

/** Columns that compete, by bits against {@link ReferenceColumns}, batch after batch. */
class ColumnsAgreementTest {
  private static final int CASES_A_READOUT = 24;
  private static final int[] INPUTS = {1, 3, 16, 31, 33, 64, 77, 130};
  private static final int[] COLUMN = {1, 2, 3, 5, 8};
  private static final int[] OF_CLASS = {1, 2, 3, 5};
  private static final int[] BATCHES = {1, 3, 32};
  private static final int[] THREADS = {1, 2, 3, 7};
  private static final float[] CONSCIENCE = {0f, 0.06f, 2f};
  private static final float[] AMNESIA = {0f, 0.5f, 2f, 30f};
  private static final float[] WIDTH = {0.05f, 0.3f, 2f};

  static Stream<ColumnsCase> cases() {
    List<ColumnsCase> cases = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(16);
    for (AssociativeReadout readout : AssociativeReadout.values()) {
      for (int k = 0; k < CASES_A_READOUT; k++) {
        int classes = 2 + k % 6;
        int ofClass = OF_CLASS[random.nextInt(OF_CLASS.length)];
        Competition competition =
            new Competition(
                COLUMN[k % COLUMN.length],
                1 + random.nextInt(Math.min(6, ofClass * classes)),
                WIDTH[random.nextInt(WIDTH.length)],
                CONSCIENCE[random.nextInt(CONSCIENCE.length)],
                AMNESIA[random.nextInt(AMNESIA.length)],
                readout,
                random.nextBoolean() ? 0.01f : 3f);
        cases.add(
            new ColumnsCase(
                INPUTS[random.nextInt(INPUTS.length)],
                ofClass,
                classes,
                BATCHES[k % BATCHES.length],
                THREADS[random.nextInt(THREADS.length)],
                competition));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyBitFollowsTheContract(ColumnsCase given) {
    compare(given, "plain", 1);
    compare(given, "plain", given.threads());
    compare(given, "vector", given.threads());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyNumberOfThreadsGivesTheSameBits(int threads) {
    for (AssociativeReadout readout : AssociativeReadout.values()) {
      Competition competition = ColumnsCase.competition(5, 0.1f, 2f, readout);
      compare(new ColumnsCase(45, 5, 7, 32, threads, competition), "plain", threads);
      compare(new ColumnsCase(45, 5, 7, 32, threads, competition), "vector", threads);
    }
  }

  private static ReferenceColumns compare(ColumnsCase given, String kernels, int threads) {
    ReferenceColumns reference = new ReferenceColumns(given);
    int batches = 5 + 60 / given.batch();
    int size = batches * given.batch() + 23;
    Samples samples = given.samples(size, given.inputs());
    int[] order = new SplittableRandom(size).ints(0, size).limit(size).toArray();
    try (CpuBackend backend = new CpuBackend(threads, KernelChoice.named(kernels));
        PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(samples)) {
      begin(placed);
      for (int k = 0; k < batches; k++) {
        int count = k == batches - 1 ? (given.batch() + 1) / 2 : given.batch();
        BatchSchedule.train(placed, shown, order, k * given.batch(), count, 0, k + 1, 1);
        reference.show(samples, order, k * given.batch(), count, true);
        compare(reference, placed, kernels + ", batch " + k);
      }
      BatchSchedule.test(placed, shown, order, 5, given.batch(), 0);
      reference.show(samples, order, 5, given.batch(), false);
      compare(reference, placed, kernels + ", test");
      compareCounters(reference, placed.takeCounters(), kernels);
    }
    return reference;
  }

  private static void begin(PlacedNetwork placed) {
    placed.writeState(placed.placement().initialState());
  }

  private static void compare(ReferenceColumns reference, PlacedNetwork placed, String when) {
    LayerParameters hidden = placed.readParameters().layers().get(0);
    LayerParameters readout = placed.readParameters().layers().get(1);
    assertBits(ReferenceColumns.transposed(reference.weights), hidden.weights(), "W, " + when);
    assertBits(reference.biases, hidden.biases(), "b, " + when);
    assertBits(reference.flatReadout(), readout.weights(), "V, " + when);
    assertBits(new float[readout.biases().length], readout.biases(), "read-out's b, " + when);
    assertBits(reference.tallies, LearnedColumns.tallies(placed), "n and lambda, " + when);
    NamedTensors state = placed.readState().tensors();
    assertEquals(placed.placement().stateSpecs(), state.specs(), "and nothing else, " + when);
    boolean regressed =
        ((NacaCompetitive) placed.placement().learning().rule()).readout()
            == AssociativeReadout.RLS;
    assertEquals(regressed, state.has(NetworkState.INVERSE_CORRELATION));
    if (regressed) {
      float[] inverse = state.values(NetworkState.INVERSE_CORRELATION);
      assertBits(reference.flatInverse(), inverse, "P, " + when);
    }
    float[] outputs = placed.readOutputs();
    int classes = placed.placement().network().classes();
    assertEquals(reference.outputs.length * classes, outputs.length);
    for (int sample = 0; sample < reference.outputs.length; sample++) {
      float[] own = new float[classes];
      System.arraycopy(outputs, sample * classes, own, 0, classes);
      assertBits(reference.outputs[sample], own, "outputs of sample " + sample + ", " + when);
    }
  }

  private static void compareCounters(
      ReferenceColumns reference, Counters counters, String kernels) {
    assertEquals(reference.hits, counters.hits(), kernels);
    assertEquals(reference.squaredError, counters.squaredError(), kernels);
    assertArrayEquals(reference.activeInputs, counters.activeInputs(), kernels);
    assertArrayEquals(reference.products, counters.synapseUpdates(), kernels);
  }

  private static void assertBits(float[] expected, float[] actual, String what) {
    assertArrayEquals(ReferenceColumns.bits(expected), ReferenceColumns.bits(actual), what);
  }

  /** Otherwise the cases above would compare little. */
  @Test
  void theCasesHaveEveryBranch() {
    int born = 0;
    int turned = 0;
    int lost = 0;
    int ties = 0;
    long hits = 0;
    for (ColumnsCase given : cases().toList()) {
      ReferenceColumns reference = compare(given, "plain", 1);
      born += reference.learning.born;
      turned += reference.learning.turned;
      lost += reference.learning.lost;
      ties += reference.ties;
      hits += reference.hits;
      for (float weight : ReferenceColumns.transposed(reference.weights)) {
        assertTrue(Float.isFinite(weight), given.toString());
      }
    }
    String seen =
        born + " born, " + turned + " turned, " + lost + " lost, " + ties + " ties, " + hits;
    assertTrue(born > 500 && turned > 1000 && lost > 5 && ties > 20 && hits > 500, seen);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 31, 32, 33, 63, 64, 65, 100, 784})
  void stripedSumsAgree(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] a = new float[count + 3];
    float[] b = new float[count + 5];
    for (int k = 0; k < count; k++) {
      a[k + 3] = (float) random.nextDouble(-1, 1);
      b[k + 5] = (float) random.nextDouble(-1, 1);
    }
    float[] shortA = Arrays.copyOfRange(a, 3, count + 3);
    float[] shortB = Arrays.copyOfRange(b, 5, count + 5);
    float[] lanes = new float[StripedSum.LANES];
    for (String kernels : List.of("plain", "vector")) {
      Arrays.fill(lanes, Float.NaN);
      assertEquals(
          ReferenceColumnLearning.dot(shortA, shortB),
          KernelChoice.named(kernels).kernels().dot(a, 3, b, 5, count, lanes),
          kernels);
    }
  }
}
