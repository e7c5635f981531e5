package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.backend.Counters;
import org.raphe.continual.ClassOrder;
import org.raphe.continual.ExperienceStream;
import org.raphe.cost.Taught;
import org.raphe.data.Dataset;
import org.raphe.learning.LayerStep;
import org.raphe.learning.Optimizer;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Frozen;
import org.raphe.training.SmallRun.StopAfter;

/** Hidden layers that learn in their own time. */
class LayerScheduleTest {
  private static final int NEVER = Integer.MAX_VALUE - 1;
  private static final double END = Double.POSITIVE_INFINITY;

  /**
   * Seven batches an epoch: the second layer learns from batches 4 to 9 of 14, the third from 7.
   */
  private static final List<LayerSchedule> LAYERS =
      List.of(
          LayerSchedule.ALWAYS.withRateFactor(0.5),
          LayerSchedule.ALWAYS.between(0.5, 1.3),
          LayerSchedule.ALWAYS.between(1, END));

  private static TrainingPlan plan(NeuronModel neuron, List<LayerSchedule> layers) {
    return SmallRun.plan(neuron, "20-9-8-7-3", Optimizer.Adam.of(0.01), 9).toBuilder()
        .layers(layers)
        .build();
  }

  private static TrainingState run(TrainingPlan plan, TrainingState from, int batches) {
    return SmallRun.run(plan, from, new StopAfter(batches));
  }

  /** From the first batch that begins no earlier than it opens, numbered by its own steps. */
  @ParameterizedTest
  @CsvSource({"0,0.5,1", "3,0.5,0", "4,0.5,1", "9,0.5,6", "10,0.5,0", "6,1,0", "7,1,1", "13,1,7"})
  void aLayerCountsItsOwnSteps(long before, double opens, long number) {
    double closes = opens == 1 ? END : 1.3;
    LayerSchedule layer = new LayerSchedule(0.5, before == 0 ? 0 : opens, closes);
    LayerStep step = layer.step(before, 7, 0.8);
    assertEquals(number, step.number());
    assertEquals(number > 0, step.learns());
    assertEquals(number > 0 ? 0.4 : 0, step.rateFactor());
  }

  /** What closed layers do: nothing that is counted, and no weight or moment changes. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void aClosedLayerLearnsNothing(NeuronModel neuron) {
    TrainingPlan plan = plan(neuron, LAYERS);
    TrainingState start = TrainingState.initial(plan);
    TrainingState third = run(plan, start, 3);
    TrainingState tenth = run(plan, start, 10);
    Parameters drawn = start.parameters();
    assertFalse(same(drawn, third.parameters(), 0), "the first learns from the start");
    assertTrue(same(drawn, third.parameters(), 1));
    assertTrue(same(drawn, third.parameters(), 2));
    assertArrayEquals(new float[8 * 9], third.network().firstMoments().layers().get(1).weights());
    assertEquals(0, third.running().synapseUpdates()[1]);
    assertNotEquals(0, third.running().synapseUpdates()[0]);
    assertFalse(same(third.parameters(), tenth.parameters(), 1));
    TrainingState end = run(plan, tenth, NEVER);
    assertTrue(same(tenth.parameters(), end.parameters(), 1), "closed again");
    assertFalse(same(tenth.parameters(), end.parameters(), 2));
  }

  private static boolean same(Parameters one, Parameters other, int layer) {
    return Arrays.equals(one.layers().get(layer).weights(), other.layers().get(layer).weights());
  }

  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void stoppedAtAnyBatchItEndsWithTheSameBits(NeuronModel neuron) {
    TrainingPlan plan = plan(neuron, LAYERS);
    TrainingState whole = run(plan, TrainingState.initial(plan), NEVER);
    for (int batches = 1; batches < SmallRun.BATCHES; batches++) {
      TrainingState stopped = run(plan, TrainingState.initial(plan), batches);
      SameState.assertSame(whole, run(plan, stopped, NEVER - batches));
    }
  }

  /** Layers that open at once and never close are those of a plan that says nothing of them. */
  @Test
  void alwaysIsNoSchedule() {
    TrainingPlan none = plan(NeuronModel.RATE, List.of());
    List<LayerSchedule> always =
        List.of(LayerSchedule.ALWAYS, new LayerSchedule(1, 0, END), LayerSchedule.ALWAYS);
    assertEquals(none, plan(NeuronModel.RATE, always));
    assertFalse(none.toString().contains("layers=,"), none.toString());
    assertTrue(none.toString().contains(", schedule=linear, steps=1, batch=8, "), none.toString());
    assertNotEquals(none.toString(), plan(NeuronModel.RATE, LAYERS).toString());
  }

  /** Batches and samples of each pass: 7 of 8 samples, the last of 2. */
  @Test
  void whatALayerLearnedFromIsCounted() {
    TrainingPlan plan = plan(NeuronModel.RATE, LAYERS);
    Taught all = new Taught(50, 7);
    Taught none = new Taught(0, 0);
    assertEquals(List.of(all, new Taught(50 - 32, 3), none), plan.taught(1, 50));
    assertEquals(List.of(all, new Taught(24, 3), all), plan.taught(2, 50));
    assertEquals(List.of(), plan(NeuronModel.RATE, List.of()).taught(1, 50));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertFails(InputException.class, () -> new LayerSchedule(0, 0, END), "above 0, not 0.0");
    assertFails(InputException.class, () -> new LayerSchedule(Double.NaN, 0, END), "not NaN");
    assertFails(InputException.class, () -> new LayerSchedule(1, -1, END), "not -1.0");
    assertFails(InputException.class, () -> new LayerSchedule(1, END, END), "in 0..1e9");
    assertFails(InputException.class, () -> new LayerSchedule(1, 2, 2), "after it opens");
    assertFails(InputException.class, () -> new LayerSchedule(1, 0, 1e300), "after it opens");
    assertFails(
        InputException.class,
        () -> plan(NeuronModel.RATE, LAYERS.subList(0, 2)),
        "has 3 hidden layers, but rates or epochs are given for 2");
    TrainingPlanBuilder frozen = plan(NeuronModel.RATE, LAYERS).toBuilder().rule(new Frozen());
    assertFails(InputException.class, frozen::build, "rule frozen does not teach");
  }

  @Test
  void aStreamOfSeveralExperiencesIsRefused() {
    Dataset dataset = SmallRun.dataset(SmallRun.TRAIN);
    ExperienceStream stream = ExperienceStream.of(dataset, ClassOrder.drawn(3, 1), 1);
    assertFails(
        InputException.class,
        () ->
            new Trainer(plan(NeuronModel.RATE, LAYERS), dataset, stream, new TrainingListener() {}),
        "need one experience, but the stream has 3");
  }

  /** Whole epochs before a layer opens: the sums of what is counted agree with the backend's. */
  @Test
  void countersOfAnEpochAreThoseOfItsOpenLayers() {
    TrainingPlan plan = plan(NeuronModel.RATE, LAYERS);
    TrainingState end = run(plan, TrainingState.initial(plan), NEVER);
    Counters first = end.allPasses().get(0).train();
    Counters second = end.allPasses().get(1).train();
    assertEquals(0, first.synapseUpdates()[2]);
    assertTrue(LongStream.of(second.synapseUpdates()).allMatch(updates -> updates > 0));
    assertEquals(18L * 9 * 8, first.synapseUpdates()[1], "tanh is never 0: every synapse");
    assertEquals(24L * 9 * 8, second.synapseUpdates()[1]);
  }
}
