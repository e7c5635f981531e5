package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.network.NeuronModel;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/** Tasks that show the same samples with their features in other orders, each sample once. */
class PermutedStreamTest {
  private static final int TASKS = 4;
  private static final int SAMPLES = 22;

  @TempDir Path folder;

  private static Dataset dataset() {
    return SmallRun.dataset(SmallRun.TRAIN);
  }

  private static ExperienceStream stream() {
    return ExperienceStream.permuted(dataset(), TASKS, SAMPLES, 9);
  }

  private static TrainingPlan plan(NeuronModel neuron) {
    return SmallRun.plan(neuron).toBuilder()
        .epochs(1)
        .schedule(LearningRateSchedule.CONSTANT)
        .build();
  }

  private static TrainingState run(TrainingPlan plan, TrainingState start, int batches) {
    try (Backend backend = new CpuBackend(1 + batches % 2)) {
      return new Trainer(plan, dataset(), stream(), new SmallRun.StopAfter(batches))
          .run(backend, start);
    }
  }

  @Test
  void everyTaskHasItsOwnOrderOfFeaturesAndShowsEachSampleOnce() {
    ExperienceStream stream = stream();
    assertEquals(TASKS, stream.learned().size());
    for (Experience task : stream.learned()) {
      assertArrayEquals(
          IntStream.range(0, 20).toArray(), Arrays.stream(task.inputs()).sorted().toArray());
      assertEquals(SAMPLES, Arrays.stream(task.train()).distinct().count());
      assertFalse(
          Arrays.equals(task.inputs(), stream.learned().get(task.number() % TASKS).inputs()));
    }
    ExperienceStream whole = ExperienceStream.permuted(dataset(), 1, SmallRun.TRAIN, 9);
    assertArrayEquals(IntStream.range(0, SmallRun.TRAIN).toArray(), whole.learned().get(0).train());
  }

  @Test
  void featuresMoveAndNothingElse() {
    Samples samples = SmallRun.samples(5, 3);
    int[] order = {19, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    Samples moved = samples.permuted(order);
    for (int sample = 0; sample < 5; sample++) {
      assertEquals(samples.label(sample), moved.label(sample));
      assertEquals(samples.feature(sample, 19), moved.feature(sample, 0));
      assertEquals(samples.feature(sample, 4), moved.feature(sample, 5));
    }
  }

  /** The same by hand: permute, place, train batch by batch, and read what was answered right. */
  @ParameterizedTest
  @EnumSource(NeuronModel.class)
  void aTaskIsLearnedAsItsPermutedSamplesAre(NeuronModel neuron) {
    TrainingPlan plan = plan(neuron);
    TrainingState end = run(plan, TrainingState.initial(plan), Integer.MAX_VALUE - 1);
    assertTrue(end.isDone(stream()));
    assertEquals(TASKS, end.finished().size());
    try (Backend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(plan.placement())) {
      placed.writeState(plan.placement().initialState());
      long step = 0;
      for (Experience task : stream().learned()) {
        Samples own = dataset().train().subset("own", task.train()).permuted(task.inputs());
        int[] order =
            new UniformSequence(9, RandomStream.ORDER.number(task.number()), 0)
                .nextPermutation(SAMPLES);
        try (PlacedSamples samples = placed.placeSamples(own)) {
          int spikes = RandomStream.TRAINING_SPIKES.number(task.number());
          for (int from = 0; from < SAMPLES; from += SmallRun.BATCH) {
            int count = Math.min(SmallRun.BATCH, SAMPLES - from);
            BatchSchedule.train(placed, samples, order, from, count, spikes, ++step, 1);
          }
        }
        long hits = end.finished().get(task.number() - 1).passes().get(0).train().hits();
        assertEquals(hits, placed.takeCounters().hits(), "task " + task.number());
      }
      assertEquals(placed.readParameters().sha256(), end.parameters().sha256());
    }
  }

  @Test
  void stoppedAtAnyBatchItEndsWithTheSameBits() {
    TrainingPlan plan = plan(NeuronModel.RATE);
    TrainingState whole = run(plan, TrainingState.initial(plan), Integer.MAX_VALUE - 1);
    for (int batches = 1; batches < 12; batches += 2) {
      TrainingState stopped = run(plan, TrainingState.initial(plan), batches);
      Path file = folder.resolve("checkpoint-" + batches);
      Checkpoint.write(file, plan.network(), "run", stopped);
      TrainingState read =
          Checkpoint.read(file, plan, stream(), plan.placement().initialState(), "run");
      TrainingState end = run(plan, read, Integer.MAX_VALUE - 1);
      SameState.assertSame(whole.network(), end.network());
      assertEquals(hits(whole), hits(end));
    }
  }

  private static List<Long> hits(TrainingState state) {
    return state.allPasses().stream().map(pass -> pass.train().hits()).toList();
  }

  @Test
  void whatCannotBeHadIsRefused() {
    assertFails(
        InputException.class,
        () -> ExperienceStream.permuted(dataset(), 0, 5, 1),
        "1..10000, not 0");
    assertFails(
        InputException.class,
        () -> ExperienceStream.permuted(dataset(), 2, 51, 1),
        "1..50",
        "not 51");
  }
}
