package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.continual.Confusion;
import org.raphe.continual.Experience;
import org.raphe.continual.Measurement;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.rule.Naca;

class EvaluationTest {
  private static final int SIZE = 40;

  /** Gated networks too: a gate made from a batch's mean would tell the class of its companions. */
  @ParameterizedTest
  @EnumSource(Mode.class)
  void resultsDoNotDependOnTheSizeOfABatch(Mode mode) {
    Counters one = evaluate(mode, 1);
    for (int batch : new int[] {3, 32, SIZE}) {
      Counters many = evaluate(mode, batch);
      assertEquals(one.hits(), many.hits());
      assertEquals(one.squaredError(), many.squaredError());
      assertEquals(Arrays.toString(one.activeInputs()), Arrays.toString(many.activeInputs()));
    }
  }

  private static Counters evaluate(Mode mode, int batch) {
    NetworkSpec network = NetworkText.parse("30-25-4", NeuronModel.LIF, mode);
    LearningSpec learning = LearningSpec.published(mode, new Naca());
    Placement placement = new Placement(network, learning, 20, batch, 1f, 0.2f, 3);
    try (CpuBackend backend = new CpuBackend(2);
        PlacedNetwork placed = backend.place(placement);
        PlacedSamples samples = placed.placeSamples(samples(network))) {
      placed.writeParameters(Parameters.draw(network, 3));
      int shown = mode == Mode.CLASSIFICATION ? batch : 1;
      Measurement measured = new Evaluation(placed, samples, shown).measure(List.of(all()));
      assertEquals((SIZE + shown - 1) / shown, measured.batches());
      assertEquals(measured.counted().hits(), measured.hits()[0]);
      assertConfusionOfTheSameHits(measured, placed, samples, shown, samples(network));
      return measured.counted();
    }
  }

  private static void assertConfusionOfTheSameHits(
      Measurement measured, PlacedNetwork placed, PlacedSamples on, int shown, Samples samples) {
    Confusion confusion = new Evaluation(placed, on, shown).confusion(List.of(all()), samples);
    assertEquals(measured.hits()[0], confusion.hits());
    long counted = 0;
    for (int label = 0; label < samples.classes(); label++) {
      assertEquals(samples.indicesOf(label).length, confusion.samples(label));
      for (int taken = 0; taken < samples.classes(); taken++) {
        counted += confusion.count(label, taken);
      }
    }
    assertEquals(SIZE, counted);
    assertEquals(0, placed.takeCounters().samples(), "what it counted is not left for others");
  }

  /** All samples in order, not class by class. */
  private static Experience all() {
    return new Experience(
        1, List.of(0, 1, 2, 3), new int[0], List.of(IntStream.range(0, SIZE).toArray()));
  }

  private static Samples samples(NetworkSpec network) {
    UniformSequence uniform = new UniformSequence(8, RandomStream.VALIDATION_SPLIT.number(2), 0);
    float[] features = new float[SIZE * network.input().size()];
    int[] labels = new int[SIZE];
    for (int k = 0; k < features.length; k++) {
      features[k] = uniform.nextUniform();
    }
    Arrays.setAll(labels, k -> uniform.nextBelow(network.classes()));
    return Samples.ofFeatures("generated", network.input(), network.classes(), features, labels);
  }
}
