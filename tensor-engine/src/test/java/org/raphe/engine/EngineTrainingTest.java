package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.cli.TrainingEngine;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.datasets.GeneratedImages;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Frozen;
import org.raphe.training.Evaluation;
import org.raphe.training.LearningRateSchedule;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingListener;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** Runs of the engine's rules through the trainer of every backend. */
class EngineTrainingTest {
  private static final Samples TRAIN = GeneratedImages.of(600, 5);
  private static final Samples MEASURED = GeneratedImages.of(200, 5);
  private static final Dataset DATASET = new Dataset("generated", TRAIN, MEASURED);

  private static final String DENSE = "784-60-10";

  /** Of the second map's five rows and columns the last is left out. */
  private static final String CONVOLUTIONS = "28x28x1-c6k5s2p1-pool-c9k2-pool-30-10";

  static List<Arguments> networks() {
    return Stream.of(DENSE, CONVOLUTIONS)
        .flatMap(text -> Stream.of(NeuronModel.values()).map(units -> Arguments.of(text, units)))
        .toList();
  }

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  private static Backend engine() {
    TrainingEngine engine = ServiceLoader.load(TrainingEngine.class).findFirst().orElseThrow();
    return engine.open(1);
  }

  private static TrainingPlan plan(NeuronModel neuron, int epochs, Optimizer optimizer) {
    return plan(DENSE, neuron, epochs, optimizer);
  }

  private static TrainingPlan plan(
      String text, NeuronModel neuron, int epochs, Optimizer optimizer) {
    NetworkSpec network = NetworkText.parse(text, neuron, Mode.CLASSIFICATION);
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new Frozen()).withOptimizer(optimizer);
    int steps = neuron == NeuronModel.LIF ? 6 : 1;
    return TrainingPlan.builder(network)
        .learning(learning)
        .steps(steps)
        .epochs(epochs)
        .seed(9)
        .build();
  }

  /** Drawn weights, made larger. */
  private static TrainingState started(TrainingPlan plan, float factor) {
    TrainingState drawn = TrainingState.initial(plan);
    for (LayerParameters layer : drawn.parameters().layers()) {
      for (int k = 0; k < layer.weights().length; k++) {
        layer.weights()[k] *= factor;
      }
    }
    return drawn;
  }

  private static TrainingState run(
      Backend backend, TrainingPlan plan, TrainingState start, TrainingListener listener) {
    return new Trainer(plan, DATASET, ExperienceStream.whole(DATASET), listener)
        .run(backend, start);
  }

  private static TrainingState run(Backend backend, TrainingPlan plan) {
    return run(backend, plan, TrainingState.initial(plan), new TrainingListener() {});
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void trainingLowersTheLossAndBeatsFrozenHiddenLayers(NeuronModel neuron) {
    TrainingPlan plan = plan(neuron, 3, Optimizer.Adam.of(1e-3));
    try (Backend engine = engine();
        Backend cpu = new CpuBackend(1)) {
      List<ExperienceMetrics.Pass> learned = run(engine, plan).allPasses();
      List<ExperienceMetrics.Pass> frozen = run(cpu, plan).allPasses();
      assertTrue(
          learned.get(2).train().squaredError() < 0.7 * learned.get(0).train().squaredError(),
          learned.toString());
      assertTrue(
          learned.get(2).test().accuracy() > frozen.get(2).test().accuracy() + 0.02,
          learned.get(2).test() + " against " + frozen.get(2).test());
    }
  }

  /**
   * With a learning rate of 0 the engine tells what the CPU tells of the same samples, spikes and
   * weights, which are large enough here for read-outs to spike.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void theEngineSeesTheSamplesSpikesAndWeightsOfTheCpu(String text, NeuronModel neuron) {
    TrainingPlan plan = plan(text, neuron, 1, new Optimizer.Sgd(0));
    TrainingState drawn = started(plan, 8);
    try (Backend engine = engine();
        Backend cpu = new CpuBackend(1)) {
      TrainingListener none = new TrainingListener() {};
      ExperienceMetrics.Pass ours = run(cpu, plan, drawn, none).allPasses().get(0);
      ExperienceMetrics.Pass theirs = run(engine, plan, drawn, none).allPasses().get(0);
      assertTrue(Math.abs(ours.train().squaredError() - 600) > 30, "outputs answer to inputs");
      assertEquals(ours.train().samples(), theirs.train().samples());
      assertEquals(ours.train().hits(), theirs.train().hits(), 2);
      assertEquals(ours.train().squaredError(), theirs.train().squaredError(), 1);
      assertEquals(ours.test().hits(), theirs.test().hits());
      assertArrayEquals(ours.test().activeInputs(), theirs.test().activeInputs());
    }
  }

  /** The read-out learns by the loss's own gradient under every rule: weights agree to rounding. */
  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd"})
  void theReadoutStepsAsOnTheCpu(String name) {
    Optimizer readout = name.equals("adam") ? Optimizer.Adam.of(1e-3) : new Optimizer.Sgd(0.1);
    TrainingPlan all = plan(NeuronModel.RATE, 2, readout);
    LearningSpec hiddenStays =
        new LearningSpec(
            new Frozen(),
            new Optimizer.Sgd(0),
            readout,
            all.learning().loss(),
            all.learning().gain());
    TrainingPlan plan =
        all.toBuilder().learning(hiddenStays).schedule(LearningRateSchedule.LINEAR).build();
    try (Backend engine = engine();
        Backend cpu = new CpuBackend(1)) {
      TrainingState ours = run(cpu, plan);
      TrainingState theirs = run(engine, plan);
      float[] start = Parameters.draw(plan.network(), plan.seed()).layers().get(1).weights();
      float[] expected = ours.parameters().layers().get(1).weights();
      float[] found = theirs.parameters().layers().get(1).weights();
      assertTrue(Math.abs(expected[0] - start[0]) > 1e-3);
      assertArrayEquals(expected, found, 1e-4f);
      assertArrayEquals(
          ours.parameters().layers().get(0).weights(),
          theirs.parameters().layers().get(0).weights());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aStoppedRunGoesOnToTheSameBits(String text, NeuronModel neuron) {
    TrainingPlan plan = plan(text, neuron, 2, Optimizer.Adam.of(1e-3));
    try (Backend engine = engine()) {
      String whole = run(engine, plan).parameters().sha256();
      List<TrainingState> stopped = new ArrayList<>();
      TrainingListener stop =
          new TrainingListener() {
            @Override
            public boolean stopRequested() {
              return true;
            }

            @Override
            public void checkpoint(TrainingState state) {
              stopped.add(state);
            }
          };
      run(engine, plan, TrainingState.initial(plan), stop);
      assertEquals(32, stopped.get(0).samplesDone());
      TrainingState end = run(engine, plan, stopped.get(0), new TrainingListener() {});
      assertEquals(whole, end.parameters().sha256());
    }
  }

  @Test
  void evaluationIsTheCpuBackendsOwn() {
    TrainingPlan plan = plan(NeuronModel.LIF, 1, Optimizer.Adam.of(1e-3));
    try (Backend engine = engine();
        Backend cpu = new CpuBackend(1)) {
      TrainingState end = run(engine, plan);
      try (PlacedNetwork placed = cpu.place(plan.placement());
          PlacedSamples samples = placed.placeSamples(MEASURED)) {
        placed.writeParameters(end.parameters());
        Experience all = ExperienceStream.whole(DATASET).tested().get(0);
        long hits = new Evaluation(placed, samples, 32).measure(List.of(all)).counted().hits();
        assertEquals(hits, end.allPasses().get(0).test().hits());
      }
    }
  }

  /**
   * What the engine's own pass gives after it has learned, and the CPU with the weights it left.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void theCpuPredictsWhatTheEngineLearned(String text, NeuronModel neuron) {
    TrainingPlan plan = plan(text, neuron, 1, Optimizer.Adam.of(3e-3));
    try (Backend engine = engine();
        PlacedNetwork placed = engine.place(plan.placement());
        PlacedSamples samples = placed.placeSamples(MEASURED)) {
      TrainingState end = run(engine, plan, started(plan, 4), new TrainingListener() {});
      placed.writeParameters(end.parameters());
      int[] order = IntStream.range(0, 32).toArray();
      BatchSchedule.train(placed, samples, order, 0, 32, 1, 1, 0);
      float[] learned = placed.readOutputs();
      assertEquals(end.parameters().sha256(), placed.readParameters().sha256(), "rate 0");
      BatchSchedule.test(placed, samples, order, 0, 32, 1);
      float[] told = placed.readOutputs();
      if (neuron == NeuronModel.RATE) {
        assertArrayEquals(told, learned, 1e-5f);
      } else {
        long equal = IntStream.range(0, told.length).filter(k -> told[k] == learned[k]).count();
        assertTrue(equal >= told.length - 2, "a potential may be rounded to either side: " + equal);
      }
      assertTrue(IntStream.range(0, told.length).mapToObj(k -> told[k]).distinct().count() > 3);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void noArrayOutlivesItsBatch(String text, NeuronModel neuron) {
    TrainingPlan plan = plan(text, neuron, 1, Optimizer.Adam.of(1e-3));
    try (Backend engine = engine();
        EnginePlacedNetwork placed = (EnginePlacedNetwork) engine.place(plan.placement());
        PlacedSamples samples = placed.placeSamples(TRAIN)) {
      placed.writeParameters(Parameters.draw(plan.network(), 1));
      int before = placed.lastingArrays();
      assertEquals(
          2 * 3 * plan.network().layers().size(), before, "weight, bias and two moments of each");
      for (int step = 1; step <= 3; step++) {
        placed.beginBatch(samples, new int[] {0, 1, 2, 3}, 0, 4);
        if (neuron == NeuronModel.LIF) {
          placed.drawSpikes(1);
        }
        placed.train(BatchStep.alike(step, 1));
      }
      assertEquals(before, placed.lastingArrays());
    }
  }
}
