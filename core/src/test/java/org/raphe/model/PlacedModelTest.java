package org.raphe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

class PlacedModelTest {
  private static final int FEATURES = 12;
  private static final int TESTS = 70;
  private final Backend backend = new CpuBackend(2);

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** Features of class c are larger where the input's number leaves c over when divided by 3. */
  private static Samples samples(int count, long seed) {
    Random random = new Random(seed);
    float[] features = new float[FEATURES * count];
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      labels[k] = k % 3;
      for (int input = 0; input < FEATURES; input++) {
        float base = input % 3 == labels[k] ? 0.3f : 0f;
        features[FEATURES * k + input] = base + 0.7f * random.nextFloat();
      }
    }
    return Samples.ofFeatures("small", InputShape.vector(FEATURES), 3, features, labels);
  }

  private static Dataset dataset() {
    return new Dataset("small", samples(90, 1), samples(TESTS, 2));
  }

  /** As many hits as the training's own last test counted, whose samples have the same numbers. */
  @ParameterizedTest
  @CsvSource({"LIF,CLASSIFICATION", "RATE,CLASSIFICATION", "LIF,CLASS_CONTINUAL"})
  void predictsWhatTheLastTestOfTrainingCounted(NeuronModel neuron, Mode mode) {
    NetworkSpec network = NetworkText.parse("12-20-3", neuron, mode);
    TrainingPlan plan = TrainingPlan.builder(network).batch(16).epochs(2).build();
    Dataset data = dataset();
    FeatureScaling features = plan.features(data.train());
    TrainingState end = new Trainer(plan, features.apply(data)).run(backend);
    int hits = 0;
    try (PlacedModel placed = Model.of(plan, features, end.parameters()).place(backend)) {
      List<Prediction> predictions = placed.predict(data.test());
      assertEquals(TESTS, predictions.size());
      for (int k = 0; k < TESTS; k++) {
        hits += predictions.get(k).label() == data.test().label(k) ? 1 : 0;
      }
    }
    assertTrue(hits > 0);
    assertEquals(end.testAccuracy(), (double) hits / TESTS);
  }

  /** The outputs of each sample, shown by itself with the test spikes of its number. */
  @ParameterizedTest
  @CsvSource({"LIF,CLASSIFICATION", "RATE,CLASSIFICATION", "LIF,CLASS_CONTINUAL"})
  void outputsAreThoseOfEachSampleByItself(NeuronModel neuron, Mode mode) {
    NetworkSpec network = NetworkText.parse("12-20-3", neuron, mode);
    TrainingPlan plan = TrainingPlan.builder(network).build();
    FeatureScaling features = plan.features(samples(90, 1));
    Samples tests = samples(TESTS, 2);
    Model model = Model.of(plan, features, Parameters.draw(network, 7));
    try (PlacedModel placed = model.place(backend);
        PlacedNetwork alone = backend.place(plan.placement());
        PlacedSamples shown = alone.placeSamples(features.apply(tests))) {
      alone.writeParameters(model.parameters());
      List<Prediction> predictions = placed.predict(tests);
      for (int k = 0; k < TESTS; k++) {
        int spikes = RandomStream.TEST_SPIKES.number(0);
        BatchSchedule.test(alone, shown, new int[] {k}, 0, 1, spikes);
        assertArrayEquals(alone.readOutputs(), predictions.get(k).outputs(), "sample " + k);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LIF,CLASSIFICATION", "RATE,CLASSIFICATION", "LIF,CLASS_CONTINUAL"})
  void aSampleAloneIsThatOfNumberZero(NeuronModel neuron, Mode mode) {
    NetworkSpec network = NetworkText.parse("12-20-3", neuron, mode);
    TrainingPlan plan = TrainingPlan.builder(network).build();
    Samples tests = samples(TESTS, 2);
    FeatureScaling features = plan.features(samples(90, 1));
    float[] first = new float[FEATURES];
    tests.copyFeatures(0, first, 0);
    try (PlacedModel placed =
        Model.of(plan, features, Parameters.draw(network, 7)).place(backend)) {
      Prediction alone = placed.predict(first);
      Prediction among = placed.predict(tests).get(0);
      assertArrayEquals(among.outputs(), alone.outputs());
      assertEquals(among.label(), alone.label());
    }
  }

  /** Another number gives other spikes, and the number's own give its answer among others. */
  @ParameterizedTest
  @CsvSource({
    "LIF,CLASSIFICATION,20",
    "LIF,CLASSIFICATION,45",
    "RATE,CLASSIFICATION,1",
    "LIF,CLASS_CONTINUAL,20"
  })
  void aSampleAloneWithItsNumberHasTheAnswerItHasInASet(NeuronModel neuron, Mode mode, int steps) {
    NetworkSpec network = NetworkText.parse("12-20-3", neuron, mode);
    TrainingPlan plan = TrainingPlan.builder(network).steps(steps).build();
    Samples tests = samples(TESTS, 2);
    FeatureScaling features = plan.features(samples(90, 1));
    Model model = Model.of(plan, features, Parameters.draw(network, 7));
    boolean numbersMatter = false;
    try (PlacedModel placed = model.place(backend)) {
      List<Prediction> among = placed.predict(tests);
      for (int k = 0; k < TESTS; k++) {
        float[] sample = tests.features(k);
        assertArrayEquals(among.get(k).outputs(), placed.predict(sample, k).outputs(), "" + k);
        numbersMatter |= !Arrays.equals(among.get(k).outputs(), placed.predict(sample).outputs());
      }
      assertArrayEquals(among.get(9).outputs(), model.predict(tests.features(9), 9).outputs());
      assertArrayEquals(among.get(9).outputs(), model.predict(tests).get(9).outputs());
    }
    assertEquals(neuron == NeuronModel.LIF, numbersMatter);
    assertFails(InputException.class, () -> model.predict(tests.features(0), -1), "from 0, not -1");
  }

  /** What the README does: train, write, load, predict. */
  @Test
  void aModelIsTrainedWrittenLoadedAndAsked(@TempDir Path folder) {
    TrainingPlan plan = TrainingPlan.builder("12-20-3").adam(5e-3).batch(16).epochs(3).build();
    ClassNames names = new ClassNames(List.of("low", "middle", "high"));
    Path path = folder.resolve("model.safetensors");
    Model.train(plan, dataset().withClassNames(names)).write(path);
    Model model = Model.load(path);
    assertEquals(
        new Trainer(plan, dataset()).run(backend).testAccuracy(),
        model.test(dataset().test()).accuracy());
    Prediction first = model.predict(dataset().test().features(0));
    assertEquals(names.name(first.label()), first.name());
    assertEquals(model.predict(dataset().test()).get(0).label(), first.label());
  }

  @Test
  void refusesASampleOfAnotherSize() {
    TrainingPlan plan = TrainingPlan.builder("12-20-3").build();
    Model model = Model.of(plan, new FeatureScaling.Raw(), Parameters.draw(plan.network(), 7));
    try (PlacedModel placed = model.place(backend)) {
      assertFails(
          InputException.class, () -> placed.predict(new float[11]), "12 features", "11 are there");
    }
  }

  @Test
  void theLowestOfEqualClassesIsPredicted() {
    ClassNames names = new ClassNames(List.of("cat", "dog", "emu"));
    assertEquals(1, Prediction.of(new float[] {0.1f, 0.5f, 0.5f}, names).label());
    assertEquals("dog", Prediction.of(new float[] {0.1f, 0.5f, 0.5f}, names).name());
    assertEquals(0, Prediction.of(new float[] {0f, 0f, 0f}, names).label());
  }
}
