package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.continual.ClassOrder;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Naca;
import org.raphe.training.SmallRun.StopAfter;

class TrainerTest {
  private static final int NEVER = Integer.MAX_VALUE - 1;

  private static TrainingState uninterrupted(TrainingPlan plan) {
    return SmallRun.run(plan, TrainingState.initial(plan), new StopAfter(NEVER));
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void stoppedAtAnyBatchItEndsWithTheSameBits(NeuronModel neuron) {
    TrainingPlan plan = SmallRun.plan(neuron);
    TrainingState whole = uninterrupted(plan);
    for (int batches = 1; batches < SmallRun.BATCHES; batches++) {
      StopAfter listener = new StopAfter(batches);
      TrainingState stopped = SmallRun.run(plan, TrainingState.initial(plan), listener);
      assertTrue(SmallRun.epoch(stopped) <= SmallRun.EPOCHS, "stopped within the run");
      SameState.assertSame(stopped, listener.checkpoints.get(listener.checkpoints.size() - 1));
      SameState.assertSame(whole, SmallRun.run(plan, stopped, new StopAfter(NEVER - batches)));
    }
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void stoppedAfterEveryBatchItEndsWithTheSameBits(NeuronModel neuron) {
    TrainingPlan plan = SmallRun.plan(neuron);
    TrainingState state = TrainingState.initial(plan);
    int runs = 0;
    while (SmallRun.epoch(state) <= plan.epochs()) {
      state = SmallRun.run(plan, state, new StopAfter(1));
      runs++;
    }
    assertTrue(runs >= SmallRun.BATCHES - SmallRun.EPOCHS, runs + " runs");
    SameState.assertSame(uninterrupted(plan), state);
  }

  /** In tests too, and where an epoch is one batch. */
  @ParameterizedTest
  @ValueSource(ints = {SmallRun.BATCH, 64})
  void askedToStopItStopsAtOnceAndEndsWithTheSameBits(int batch) {
    TrainingPlan plan = SmallRun.plan(NeuronModel.RATE).toBuilder().batch(batch).build();
    StopAt never = new StopAt(0);
    try (Backend backend = new CpuBackend(1)) {
      TrainingState whole = trainer(plan, never).run(backend);
      long tests = SmallRun.EPOCHS * plan.batchesPerEpoch(30);
      assertEquals(whole.stepsDone() + tests, never.asked(), "asked after each batch");
      for (int time = 1; time <= never.asked(); time++) {
        StopAt stop = new StopAt(time);
        TrainingState stopped = trainer(plan, stop).run(backend);
        assertEquals(time, stop.asked());
        assertFalse(stopped.isDone(SmallRun.stream(SmallRun.TRAIN)), "stopped at " + time);
        SameState.assertSame(whole, trainer(plan, new StopAt(0)).run(backend, stopped));
      }
    }
  }

  private static Trainer trainer(TrainingPlan plan, TrainingListener listener) {
    Dataset dataset = SmallRun.dataset(SmallRun.TRAIN);
    return new Trainer(plan, dataset, ExperienceStream.whole(dataset), listener);
  }

  @Test
  void takingCheckpointsChangesNothing() {
    TrainingPlan plan = SmallRun.plan(NeuronModel.LIF);
    StopAfter listener = new StopAfter(NEVER, true);
    TrainingState end = SmallRun.run(plan, TrainingState.initial(plan), listener);
    SameState.assertSame(uninterrupted(plan), end);
    assertEquals(SmallRun.BATCHES, listener.checkpoints.size());
    SameState.assertSame(end, listener.checkpoints.get(SmallRun.BATCHES - 1));
    TrainingState third = listener.checkpoints.get(2);
    assertEquals(24, third.samplesDone());
    assertEquals(24, third.running().samples());
    assertEquals(3, third.stepsDone());
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void everySampleIsShownOnceAnEpoch(NeuronModel neuron) {
    TrainingPlan plan = SmallRun.plan(neuron);
    StopAfter listener = new StopAfter(NEVER);
    TrainingState end = SmallRun.run(plan, TrainingState.initial(plan), listener);
    assertEquals(SmallRun.EPOCHS + 1, SmallRun.epoch(end));
    assertTrue(end.isDone(SmallRun.stream(SmallRun.TRAIN)));
    assertEquals(SmallRun.BATCHES, end.stepsDone());
    assertEquals(listener.epochs, end.allPasses());
    for (ExperienceMetrics.Pass epoch : end.allPasses()) {
      assertEquals(SmallRun.TRAIN, epoch.train().samples());
      assertEquals(30, epoch.test().samples());
      assertEquals(0, Arrays.stream(epoch.test().synapseUpdates()).sum(), "testing never learns");
      assertTrue(epoch.seconds() > 0);
    }
    assertNotEquals(
        Parameters.draw(plan.network(), 9).layers().get(0).weights()[0],
        end.parameters().layers().get(0).weights()[0],
        "weights are learned");
  }

  /** Plain training and a stream of one experience learn alike; they are measured differently. */
  @Test
  void plainTrainingIsAStreamOfOneExperience() {
    TrainingPlan plan = SmallRun.plan(NeuronModel.RATE);
    Dataset dataset = SmallRun.dataset(SmallRun.TRAIN);
    ExperienceStream joint = ExperienceStream.of(dataset, ClassOrder.drawn(3, 1), 1).joint(dataset);
    try (Backend backend = new CpuBackend(1)) {
      TrainingState stream =
          new Trainer(plan, dataset, joint, new TrainingListener() {}).run(backend);
      TrainingState plain = new Trainer(plan, dataset).run(backend);
      assertEquals(plain.network().tensors().sha256(), stream.network().tensors().sha256());
      assertEquals(2, stream.finished().size(), "the initial network and the experience");
      assertEquals(1, plain.finished().size());
      assertEquals(stream.finished().get(1).test().hits(), plain.allPasses().get(1).test().hits());
      assertNull(stream.allPasses().get(1).measured());
    }
  }

  @Test
  void whatABuilderIsNotToldIsPublished() {
    TrainingPlan spiking = TrainingPlan.builder("20-15-3").build();
    assertEquals(LearningSpec.published(Mode.CLASSIFICATION, new Naca()), spiking.learning());
    assertEquals(20, spiking.steps());
    assertNull(spiking.stopAccuracy());
    assertEquals(LearningRateSchedule.CONSTANT, spiking.schedule());
    TrainingPlan gated =
        TrainingPlan.builder(NetworkText.parse("20-15-3", NeuronModel.RATE, Mode.CLASS_CONTINUAL))
            .build();
    assertEquals(1, gated.steps());
    assertEquals(256, gated.batch());
    assertEquals(10, gated.epochs());
    assertEquals(0.95, gated.stopAccuracy());
    assertEquals(1, gated.testBatch(), "the strict protocol");
    assertEquals(gated, gated.toBuilder().build());
  }

  @Test
  void seedsDiffer() {
    Optimizer adam = Optimizer.Adam.of(0.01);
    TrainingPlan other = SmallRun.plan(NeuronModel.RATE, "20-15-3", adam, 10);
    assertNotEquals(
        uninterrupted(SmallRun.plan(NeuronModel.RATE)).parameters().sha256(),
        uninterrupted(other).parameters().sha256());
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void divergenceIsAFailedRun(NeuronModel neuron) {
    TrainingPlan plan = SmallRun.plan(neuron, "20-15-3", new Optimizer.Sgd(1e39), 9);
    assertFails(
        RunException.class, () -> uninterrupted(plan), "diverged", "epoch 1", "learning rate");
  }

  /** Inputs of 0 leave weights of the first layer as they are; its biases learn. */
  @Test
  void divergenceOfABiasAloneIsSeen() {
    TrainingPlan plan = SmallRun.plan(NeuronModel.RATE);
    TrainingState drawn = TrainingState.initial(plan);
    drawn.parameters().layers().get(0).biases()[3] = Float.POSITIVE_INFINITY;
    Samples blank =
        Samples.ofFeatures("blank", InputShape.vector(20), 3, new float[40], new int[] {0, 1});
    try (Backend backend = new CpuBackend(1)) {
      Trainer trainer = new Trainer(plan, new Dataset("blank", blank, blank));
      assertFails(RunException.class, () -> trainer.run(backend, drawn), "diverged");
    }
  }

  @Test
  void plansThatCannotRunAreRefused() {
    TrainingPlan good = SmallRun.plan(NeuronModel.LIF);
    assertFails(InputException.class, () -> planOf(good, 6, 8, 0, 1f), "epochs", "not 0");
    assertFails(InputException.class, () -> planOf(good, 6, 0, 1, 1f), "batch", "6 and 0");
    assertFails(InputException.class, () -> planOf(good, 0, 8, 1, 1f), "steps", "0 and 8");
    assertFails(InputException.class, () -> planOf(good, 6, 8, 1, Float.NaN), "NaN");
  }

  private static TrainingPlan planOf(
      TrainingPlan good, int steps, int batch, int epochs, float scale) {
    return good.toBuilder().steps(steps).batch(batch).epochs(epochs).inputScale(scale).build();
  }

  @Test
  void anEpochsLastBatchMayBeSmaller() {
    TrainingPlan plan = SmallRun.plan(NeuronModel.LIF);
    assertEquals(7, plan.batchesPerEpoch(50));
    assertEquals(6, plan.batchesPerEpoch(48));
    assertEquals(1, plan.batchesPerEpoch(1));
  }
}
