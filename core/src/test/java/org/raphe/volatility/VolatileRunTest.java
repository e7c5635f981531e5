package org.raphe.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.OneLine;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.Workers;
import org.raphe.network.NeuronModel;

class VolatileRunTest {
  @TempDir Path folder;

  private static final VolatileListener NOBODY = new VolatileListener() {};

  /** Stops after some batches and keeps the last checkpoint. */
  private static final class StopAfter implements VolatileListener {
    private final int batches;
    private int done;
    private VolatileState kept;

    StopAfter(int batches) {
      this.batches = batches;
    }

    @Override
    public void progress(int samples, double accuracy) {
      done++;
    }

    @Override
    public boolean stopRequested() {
      return done == batches;
    }

    @Override
    public void checkpoint(VolatileState state) {
      kept = state;
    }
  }

  private static VolatileState whole(NeuronModel neuron, int threads) {
    try (Backend backend = SmallVolatility.backend(threads);
        Workers workers = new Workers(threads)) {
      return SmallVolatility.run(SmallVolatility.plan(neuron), workers, NOBODY).run(backend);
    }
  }

  private static void assertSame(VolatileState expected, VolatileState actual) {
    assertEquals(expected.network().tensors().sha256(), actual.network().tensors().sha256());
    assertEquals(expected.tensors().sha256(), actual.tensors().sha256());
    assertEquals(expected.products(), actual.products());
    assertEquals(expected.batches(), actual.batches());
    assertArrayEquals(expected.learning().activeInputs(), actual.learning().activeInputs());
    assertArrayEquals(expected.showing().activeInputs(), actual.showing().activeInputs());
  }

  @ParameterizedTest
  @EnumSource
  void threadsChangeNoBit(NeuronModel neuron) {
    assertSame(whole(neuron, 1), whole(neuron, 3));
  }

  @ParameterizedTest
  @EnumSource
  void aStoppedRunResumesToTheSameBits(NeuronModel neuron) {
    VolatilePlan plan = SmallVolatility.plan(neuron);
    VolatileState unbroken = whole(neuron, 1);
    Path file = folder.resolve("checkpoint");
    int batches = SmallVolatility.stream(7).batches();
    for (int stop : new int[] {7, 35, 90}) {
      StopAfter listener = new StopAfter(stop);
      try (Backend backend = SmallVolatility.backend(2);
          Workers workers = new Workers(2)) {
        VolatileState stopped = SmallVolatility.run(plan, workers, listener).run(backend);
        assertEquals(stop, stopped.batches());
        VolatileCheckpoint.write(file, "same", listener.kept);
        VolatileRun again = SmallVolatility.run(plan, workers, NOBODY);
        VolatileState begun = again.initial(backend.initialState(plan.placement()));
        VolatileState read = VolatileCheckpoint.read(file, begun, batches, "same");
        assertSame(stopped, read);
        assertSame(unbroken, again.run(backend, read));
        assertArrayEquals(
            SmallVolatility.yoked(SmallVolatility.stream(7)),
            VolatileCheckpoint.yoked(file, batches));
      }
    }
  }

  @Test
  void hiddenLayersLearnWhileTheirGateIsOpenAndNotAfter() {
    VolatilePlan plan = SmallVolatility.plan(NeuronModel.RATE);
    try (Backend backend = SmallVolatility.backend(1);
        Workers workers = new Workers(1)) {
      String before = backend.initialState(plan.placement()).parameters().sha256();
      StopAfter atClosing = new StopAfter(20);
      VolatileState closed = SmallVolatility.run(plan, workers, atClosing).run(backend);
      VolatileState end = SmallVolatility.run(plan, workers, NOBODY).run(backend);
      assertNotEquals(before, closed.network().parameters().sha256());
      assertEquals(closed.network().parameters().sha256(), end.network().parameters().sha256());
      assertEquals(200, end.learning().samples());
    }
  }

  @Test
  void aCheckpointOfAnotherRunOrADamagedOneIsRefused() throws Exception {
    VolatilePlan plan = SmallVolatility.plan(NeuronModel.RATE);
    Path file = folder.resolve("checkpoint");
    StopAfter listener = new StopAfter(40);
    try (Backend backend = SmallVolatility.backend(1);
        Workers workers = new Workers(1)) {
      VolatileRun run = SmallVolatility.run(plan, workers, listener);
      VolatileState begun = run.initial(backend.initialState(plan.placement()));
      run.run(backend);
      VolatileCheckpoint.write(file, "this", listener.kept);
      OneLine.assertFails(
          InputException.class,
          () -> VolatileCheckpoint.read(file, begun, 121, "other"),
          "other settings or other data");
      OneLine.assertFails(
          InputException.class,
          () -> VolatileCheckpoint.read(file, begun, 40, "this"),
          "does not fit");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1000] ^= 1;
      Files.write(file, bytes);
      OneLine.assertFails(
          InputException.class, () -> VolatileCheckpoint.read(file, begun, 121, "this"), "damaged");
      OneLine.assertFails(
          InputException.class, () -> VolatileCheckpoint.yoked(file, 3), "no times");
    }
  }

  @Test
  void modulatorsFollowASmallStreamBetterThanWhatNeverChanges() {
    VolatileStream stream = SmallVolatility.stream(7);
    try (Backend backend = SmallVolatility.backend(1);
        Workers workers = new Workers(1)) {
      VolatileRun run =
          SmallVolatility.run(SmallVolatility.plan(NeuronModel.RATE), workers, NOBODY);
      run.run(backend);
      double modulated = StreamMeasures.of(stream, run.hits(0)).accuracy();
      double fixed = StreamMeasures.of(stream, run.hits(5)).accuracy();
      double given = StreamMeasures.of(stream, run.hits(7)).accuracy();
      assertTrue(modulated > 0.5 && given > 0.5, modulated + " and " + given);
      assertTrue(given > fixed, given + " over " + fixed);
      int fired = 0;
      for (boolean each : run.levels().firings()) {
        fired += each ? 1 : 0;
      }
      assertTrue(fired >= 1, "noradrenaline fired");
    }
  }

  @Test
  void moreMeaningsThanReadoutsAreRefused() {
    VolatileStream stream = SmallVolatility.stream(3);
    BankSettings two =
        new BankSettings(
            BankSettings.STANDARD.modulators(),
            java.util.Set.of(),
            2,
            BankSettings.Constants.STANDARD,
            java.util.Map.of(),
            BankSettings.STANDARD.couplings());
    assertTrue(stream.contexts() > 2);
    OneLine.assertFails(
        InputException.class,
        () ->
            new LearnerSpec.Given("given", two)
                .begin(new LearnerSpec.Setting(stream, 30, 1, null), null),
        "more than the 2 read-outs");
  }

  @Test
  void learnersAndNamesAreChecked() {
    VolatilePlan plan = SmallVolatility.plan(NeuronModel.RATE);
    LearnerSpec first = plan.learners().get(0);
    OneLine.assertFails(
        InputException.class,
        () -> new VolatilePlan(plan.placement(), 10, List.of(first, first)),
        "two learners are called modulated");
    OneLine.assertFails(
        InputException.class, () -> new VolatilePlan(plan.placement(), -1, List.of(first)), "0");
    OneLine.assertFails(InputException.class, () -> Lesion.listed("recal"), "did you mean recall");
  }
}
