package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.modulation.LevelCourse;
import org.raphe.modulation.Lever;
import org.raphe.modulation.ModulationSettings;
import org.raphe.network.NeuronModel;
import org.raphe.neuromodulation.Couplings;
import org.raphe.neuromodulation.Modulator;
import org.raphe.training.SmallRun.StopAfter;

/** Levels are part of a run: of its bits, its state and its checkpoints. */
class ModulatedTrainingTest {
  private static final int NEVER = Integer.MAX_VALUE - 1;

  @TempDir Path folder;

  private static TrainingPlan plan(NeuronModel neuron, ModulationSettings modulation) {
    return SmallRun.plan(neuron).toBuilder().modulation(modulation).build();
  }

  private static ModulationSettings all() {
    return ModulationSettings.usual(EnumSet.allOf(Modulator.class));
  }

  private static ModulationSettings expectation() {
    return new ModulationSettings(
        Map.of(Modulator.DOPAMINE, Set.of(Lever.EXPECTATION)),
        ModulationSettings.Constants.STANDARD,
        Couplings.NONE);
  }

  private static TrainingState uninterrupted(TrainingPlan plan) {
    return SmallRun.run(plan, TrainingState.initial(plan), new StopAfter(NEVER));
  }

  private static void assertSame(TrainingState whole, TrainingState other) {
    SameState.assertSame(whole, other);
    assertEquals(whole.modulation().sha256(), other.modulation().sha256());
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void stoppedAtAnyBatchAndReadFromItsCheckpointItEndsWithTheSameBits(NeuronModel neuron) {
    for (ModulationSettings settings : new ModulationSettings[] {all(), expectation()}) {
      TrainingPlan plan = plan(neuron, settings);
      TrainingState whole = uninterrupted(plan);
      for (int batches = 1; batches < SmallRun.BATCHES; batches += 3) {
        TrainingState stopped =
            SmallRun.run(plan, TrainingState.initial(plan), new StopAfter(batches));
        Path file = folder.resolve(neuron + "-" + batches);
        Checkpoint.write(file, plan.network(), "run", stopped);
        TrainingState read =
            Checkpoint.read(
                file,
                plan,
                SmallRun.stream(SmallRun.TRAIN),
                plan.placement().initialState(),
                "run");
        assertSame(stopped, read);
        assertSame(whole, SmallRun.run(plan, read, new StopAfter(NEVER - batches)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Modulator.class)
  void eachModulatorChangesWhatIsLearned(Modulator modulator) {
    // Short times, so that even a run of 100 samples has noradrenaline fire.
    ModulationSettings usual = ModulationSettings.usual(Set.of(modulator));
    ModulationSettings quick =
        new ModulationSettings(
            usual.levers(),
            new ModulationSettings.Constants(20f, 0.1f, 30f, 20f, 1f, 0.1f, 0f),
            Couplings.NONE);
    TrainingPlan plain = SmallRun.plan(NeuronModel.RATE);
    assertNotEquals(
        uninterrupted(plain).parameters().sha256(),
        uninterrupted(plan(NeuronModel.RATE, quick)).parameters().sha256());
  }

  /** Signals follow dopamine, and the label decides nothing of hidden layers. */
  @Test
  void dopamineInPlaceOfTheExpectationTeachesHiddenLayersOtherwise() {
    TrainingState usual = uninterrupted(SmallRun.plan(NeuronModel.RATE));
    TrainingState replaced = uninterrupted(plan(NeuronModel.RATE, expectation()));
    assertNotEquals(usual.parameters().sha256(), replaced.parameters().sha256());
  }

  @Test
  void countersAreThoseOfAPlainRun() {
    TrainingPlan plan = plan(NeuronModel.LIF, all());
    TrainingState end = uninterrupted(plan);
    var pass = end.allPasses().get(0).train();
    assertEquals(SmallRun.TRAIN, pass.samples());
    var plain = uninterrupted(SmallRun.plan(NeuronModel.LIF)).allPasses().get(0).train();
    assertEquals(plain.activeInputs()[0], pass.activeInputs()[0], "the same spikes were shown");
    assertTrue(pass.synapseUpdates()[1] > 0);
    LevelCourse course = end.levels(plan, SmallRun.stream(SmallRun.TRAIN));
    assertEquals(SmallRun.BATCHES, course.size());
    double right = 0;
    for (int row = 0; row < 7; row++) {
      right += course.accuracy(row) * (row < 6 ? SmallRun.BATCH : 2);
    }
    assertEquals(pass.hits(), Math.round(right), "answers of the first pass");
  }

  @Test
  void aPlanWithoutModulatorsReadsAsItAlwaysDid() {
    TrainingPlan plan = SmallRun.plan(NeuronModel.LIF);
    assertTrue(plan.toString().matches("TrainingPlan\\[network=.*, seed=9\\]"), plan.toString());
    assertFalse(plan.toString().contains("ModulationSettings"));
    assertTrue(plan(NeuronModel.LIF, all()).toString().contains("ModulationSettings[levers="));
    assertArrayEquals(
        new String[] {"levels", "course"},
        TrainingState.initial(plan(NeuronModel.LIF, all()))
            .modulation()
            .tensors()
            .keySet()
            .toArray());
    assertTrue(TrainingState.initial(plan).modulation().tensors().isEmpty());
  }
}
