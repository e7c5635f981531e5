package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.Consolidation;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.continual.ClassOrder;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.datasets.GeneratedImages;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.rule.BackPropagation;
import org.raphe.rule.BackPropagationThroughTime;
import org.raphe.rule.ElasticWeightConsolidation;
import org.raphe.rule.Frozen;
import org.raphe.rule.Rule;
import org.raphe.training.Checkpoint;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingListener;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** The engine's rules in a stream of three experiences, and what consolidation keeps of them. */
class EngineStreamTest {
  private static final Dataset DATASET =
      new Dataset("generated", GeneratedImages.of(120, 5), GeneratedImages.of(50, 6));
  private static final ExperienceStream STREAM =
      ExperienceStream.of(DATASET, ClassOrder.drawn(10, 3), 4);
  private static final int NEVER = Integer.MAX_VALUE;

  @TempDir Path folder;

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  private static TrainingPlan plan(NeuronModel neuron, Optimizer optimizer, int batch) {
    return TrainingPlan.builder(NetworkText.parse("784-20-10", neuron, Mode.CLASSIFICATION))
        .learning(
            LearningSpec.published(Mode.CLASSIFICATION, ruleFor(neuron)).withOptimizer(optimizer))
        .steps(neuron == NeuronModel.LIF ? 4 : 1)
        .batch(batch)
        .epochs(2)
        .seed(9)
        .build();
  }

  /** The plan, or the placement below, with a penalty; without one where lambda is null. */
  private static TrainingPlan consolidating(TrainingPlan plan, Double lambda) {
    return plan.toBuilder().learning(consolidating(plan.learning(), lambda)).build();
  }

  private static Placement consolidating(Placement placement, Double lambda) {
    return new Placement(
        placement.network(),
        consolidating(placement.learning(), lambda),
        placement.steps(),
        placement.batch(),
        placement.inputScale(),
        placement.gateMargin(),
        placement.seed());
  }

  private static LearningSpec consolidating(LearningSpec learning, Double lambda) {
    Rule rule = lambda == null ? learning.rule() : new ElasticWeightConsolidation(lambda);
    return new LearningSpec(
        rule, learning.hidden(), learning.readout(), learning.loss(), learning.gain());
  }

  private static Rule ruleFor(NeuronModel neuron) {
    return neuron == NeuronModel.LIF ? new BackPropagationThroughTime() : new BackPropagation();
  }

  private static TrainingPlan plan(NeuronModel neuron) {
    return plan(neuron, Optimizer.Adam.of(1e-3), 16);
  }

  /** Runs from a state until asked to stop after some batches. */
  private static TrainingState run(
      TrainingPlan plan, Double lambda, TrainingState start, int batches) {
    TrainingListener listener =
        new TrainingListener() {
          private int done;

          @Override
          public int progressBatches() {
            return 1;
          }

          @Override
          public void progress(
              Experience experience, int epoch, int samplesDone, Counters running) {
            done++;
          }

          @Override
          public boolean stopRequested() {
            return done >= batches;
          }
        };
    try (Backend engine = new EngineBackend(1)) {
      return new Trainer(consolidating(plan, lambda), DATASET, STREAM, listener).run(engine, start);
    }
  }

  private static TrainingState run(TrainingPlan plan, Double lambda) {
    return run(plan, lambda, TrainingState.initial(plan, begun(plan, lambda)), NEVER);
  }

  private static NetworkState begun(TrainingPlan plan, Double lambda) {
    return EngineBackend.begun(consolidating(plan.placement(), lambda));
  }

  /** What is kept of past experiences; null where none is past. */
  private static Consolidation past(NetworkState state) {
    Consolidation kept = Consolidation.in(state);
    return kept == null || kept.samples() == 0 ? null : kept;
  }

  private static void assertSame(Consolidation expected, Consolidation found) {
    if (expected == null) {
      assertNull(found);
      return;
    }
    assertEquals(expected.fisher().sha256(), found.fisher().sha256());
    assertEquals(expected.anchors().sha256(), found.anchors().sha256());
    assertEquals(expected.samples(), found.samples());
  }

  /** Through a file each time. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void stoppedAnywhereItEndsWithTheSameBits(NeuronModel neuron) {
    TrainingPlan plan = plan(neuron);
    TrainingState whole = run(plan, 100.0);
    assertTrue(whole.isDone(STREAM));
    int stopped = 0;
    for (int batches = 1; batches < whole.stepsDone(); batches++) {
      TrainingState start = TrainingState.initial(plan, begun(plan, 100.0));
      TrainingState part = run(plan, 100.0, start, batches);
      Path file = folder.resolve("checkpoint");
      Checkpoint.write(file, plan.network(), "here", part);
      TrainingState read = Checkpoint.read(file, plan, STREAM, begun(plan, 100.0), "here");
      assertSame(past(part.network()), past(read.network()));
      stopped += past(read.network()) != null ? 1 : 0;
      TrainingState end = run(plan, 100.0, read, NEVER);
      assertEquals(whole.parameters().sha256(), end.parameters().sha256(), "after " + batches);
      assertSame(past(whole.network()), past(end.network()));
    }
    assertTrue(stopped > 3, "some checkpoints hold past experiences: " + stopped);
  }

  /** Tests that are stopped come after consolidation, which is then done again, not twice. */
  @Test
  void stoppedInTestsItHasNotConsolidatedYet() {
    TrainingPlan plan = consolidating(plan(NeuronModel.RATE), 100.0);
    TrainingListener stop =
        new TrainingListener() {
          private int passes;

          @Override
          public void passDone(Experience experience, ExperienceMetrics.Pass pass) {
            passes++;
          }

          @Override
          public boolean stopRequested() {
            return passes == plan.epochs();
          }
        };
    TrainingState whole = run(plan, 100.0);
    try (Backend engine = new EngineBackend(1)) {
      TrainingState stopped =
          new Trainer(plan, DATASET, STREAM, stop)
              .run(engine, TrainingState.initial(plan, begun(plan, 100.0)));
      assertEquals(plan.epochs(), stopped.passes().size());
      assertNull(past(stopped.network()));
      Path file = folder.resolve("checkpoint");
      Checkpoint.write(file, plan.network(), "here", stopped);
      TrainingState read = Checkpoint.read(file, plan, STREAM, begun(plan, 100.0), "here");
      TrainingState end = run(plan, 100.0, read, NEVER);
      assertEquals(whole.parameters().sha256(), end.parameters().sha256());
      assertSame(past(whole.network()), past(end.network()));
    }
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void aPenaltyOfWeightZeroIsPlainBackPropagation(NeuronModel neuron) {
    TrainingPlan plan = plan(neuron);
    TrainingState plain = run(plan, null);
    assertNull(Consolidation.in(plain.network()));
    TrainingState zero = run(plan, 0.0);
    assertEquals(plain.parameters().sha256(), zero.parameters().sha256());
    assertEquals(
        STREAM.learned().get(0).train().length + STREAM.learned().get(1).train().length,
        past(zero.network()).samples(),
        "after the last experience nothing is learned");
    assertTrue(past(zero.network()).largestFisher() > 0);
    assertNotEquals(plain.parameters().sha256(), run(plan, 100.0).parameters().sha256());
  }

  /** The larger lambda, the nearer weights stay to the anchors, weighted by F. */
  @Test
  void weightsAreHeldToTheirAnchors() {
    TrainingPlan plan = plan(NeuronModel.RATE);
    double before = Double.POSITIVE_INFINITY;
    for (double lambda : new double[] {0, 1000, 1e6}) {
      TrainingState end = run(plan, lambda);
      double distance = weightedDistance(end.parameters(), past(end.network()));
      assertTrue(distance < 0.8 * before, lambda + ": " + distance + " after " + before);
      before = distance;
    }
  }

  private static double weightedDistance(Parameters now, Consolidation kept) {
    double sum = 0;
    for (int layer = 0; layer < now.layers().size(); layer++) {
      float[] weights = now.layers().get(layer).weights();
      for (int k = 0; k < weights.length; k++) {
        double way = weights[k] - kept.anchors().layers().get(layer).weights()[k];
        sum += kept.fisher().layers().get(layer).weights()[k] * way * way;
      }
    }
    return sum;
  }

  /** One step by SGD: as plain back-propagation, and rate lambda F (w - a) further. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void aStepIsAPlainStepAndThePenaltys(NeuronModel neuron) {
    double rate = 0.01;
    double lambda = 30;
    Placement placement = plan(neuron, new Optimizer.Sgd(rate), 16).placement();
    Parameters first = Parameters.draw(placement.network(), 1);
    Parameters second = Parameters.draw(placement.network(), 2);
    Parameters plain = step(placement, null, first, second);
    Parameters held = step(placement, lambda, first, second);
    Consolidation kept = consolidated(placement, first, IntStream.range(0, 40).toArray());
    int pulled = 0;
    for (int layer = 0; layer < 2; layer++) {
      LayerParameters w = second.layers().get(layer);
      LayerParameters a = first.layers().get(layer);
      float[] fisher = kept.fisher().layers().get(layer).weights();
      for (int k = 0; k < fisher.length; k++) {
        double pull = rate * lambda * fisher[k] * (w.weights()[k] - a.weights()[k]);
        float expected = (float) (plain.layers().get(layer).weights()[k] - pull);
        assertEquals(expected, held.layers().get(layer).weights()[k], 1e-6f);
        pulled += Math.abs(pull) > 1e-5 ? 1 : 0;
      }
    }
    assertTrue(pulled > 100, pulled + " weights are pulled");
  }

  /** Weights after consolidating at {@code first} and one step from {@code second}. */
  private static Parameters step(
      Placement placement, Double lambda, Parameters first, Parameters second) {
    try (Backend engine = new EngineBackend(1);
        PlacedNetwork placed = engine.place(consolidating(placement, lambda));
        PlacedSamples samples = placed.placeSamples(DATASET.train())) {
      placed.writeParameters(first);
      placed.consolidate(samples, IntStream.range(0, 40).toArray(), stream());
      placed.writeParameters(second);
      placed.beginBatch(samples, new int[] {3, 50, 70}, 0, 3);
      placed.drawSpikes(1);
      placed.train(BatchStep.alike(1, 1));
      return placed.readParameters();
    }
  }

  private static int stream() {
    return RandomStream.FISHER_SPIKES.number(1);
  }

  private static Consolidation consolidated(Placement placement, Parameters at, int[] indices) {
    try (Backend engine = new EngineBackend(1);
        EnginePlacedNetwork placed =
            (EnginePlacedNetwork) engine.place(consolidating(placement, 1.0));
        PlacedSamples samples = placed.placeSamples(DATASET.train())) {
      placed.writeParameters(at);
      int arrays = placed.lastingArrays();
      placed.consolidate(samples, indices, stream());
      assertEquals(arrays, placed.lastingArrays(), "nothing native is left behind");
      return past(placed.readState());
    }
  }

  /** Batches of 16, the last of 8, against batches of one sample. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void fisherInformationIsOfSingleSamplesHoweverTheyAreBatched(NeuronModel neuron) {
    Optimizer any = new Optimizer.Sgd(0);
    Placement many = plan(neuron, any, 16).placement();
    Placement single = plan(neuron, any, 1).placement();
    Parameters at = Parameters.draw(many.network(), 4);
    int[] indices = IntStream.range(20, 60).toArray();
    Consolidation batched = consolidated(many, at, indices);
    Consolidation alone = consolidated(single, at, indices);
    assertEquals(40, batched.samples());
    assertEquals(alone.largestFisher(), batched.largestFisher(), 1e-5 * alone.largestFisher());
    for (int layer = 0; layer < 2; layer++) {
      LayerParameters expected = alone.fisher().layers().get(layer);
      LayerParameters found = batched.fisher().layers().get(layer);
      assertArrayEquals(expected.weights(), found.weights(), 1e-6f);
      assertArrayEquals(expected.biases(), found.biases(), 1e-6f);
      LayerParameters anchors = batched.anchors().layers().get(layer);
      for (int k = 0; k < found.weights().length; k++) {
        float held = found.weights()[k] > 0 ? at.layers().get(layer).weights()[k] : 0;
        assertEquals(held, anchors.weights()[k], 1e-6f);
      }
    }
  }

  /**
   * With a learning rate of 0 the engine tells, in each pass and of each experience, what the CPU
   * backend tells: weights, batches, spikes and tests are those of local rules.
   */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void theStreamIsThatOfLocalRules(NeuronModel neuron) {
    TrainingPlan plan = plan(neuron, new Optimizer.Sgd(0), 16);
    TrainingState theirs = run(plan, 5e4);
    TrainingState ours;
    TrainingPlan frozen = plan.toBuilder().rule(new Frozen()).build();
    try (Backend cpu = new CpuBackend(1)) {
      ours =
          new Trainer(frozen, DATASET, STREAM, new TrainingListener() {})
              .run(cpu, TrainingState.initial(frozen));
    }
    assertEquals(ours.parameters().sha256(), theirs.parameters().sha256());
    assertEquals(ours.stepsDone(), theirs.stepsDone());
    for (int k = 0; k < ours.finished().size(); k++) {
      assertArrayEquals(ours.finished().get(k).hits(), theirs.finished().get(k).hits());
      for (int pass = 0; pass < ours.finished().get(k).passes().size(); pass++) {
        Counters expected = ours.finished().get(k).passes().get(pass).train();
        Counters found = theirs.finished().get(k).passes().get(pass).train();
        assertEquals(expected.samples(), found.samples());
        assertEquals(expected.squaredError(), found.squaredError(), 1e-3);
      }
    }
  }

  @Test
  void divergenceSaysWhatToTurnDown() {
    TrainingPlan plan = plan(NeuronModel.RATE, new Optimizer.Sgd(0.1), 16);
    RunException failure = assertThrows(RunException.class, () -> run(plan, 1e9));
    assertTrue(failure.getMessage().contains("diverged: in experience "), failure.getMessage());
    assertTrue(
        failure.getMessage().contains("lambda of elastic weight consolidation"),
        failure.getMessage());
  }
}
