package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.BackPropagationThroughTime;
import org.raphe.rule.Naca;

class CpuBackendTest {

  private static NetworkCase given(NeuronModel neuron, int steps, int batch) {
    return new NetworkCase(
        "19-70-6",
        neuron,
        Mode.CLASSIFICATION,
        new Naca(),
        ReadoutLoss.PUBLISHED,
        Optimizer.Adam.of(0.01f),
        steps,
        batch,
        2);
  }

  private static void train(PlacedNetwork placed, Samples samples, int number) {
    try (PlacedSamples shown = placed.placeSamples(samples)) {
      int[] order = NetworkCase.order(samples.size());
      BatchSchedule.train(placed, shown, order, number, 4, number, number, 1f);
    }
  }

  /** Samples can be shown to such a network, but its weights would stay as they are. */
  @Test
  void aRuleOfTheEngineLearnsNothingHere() {
    NetworkCase given = given(NeuronModel.LIF, 8, 4);
    Placement placement =
        new Placement(
            given.network(),
            LearningSpec.published(Mode.CLASSIFICATION, new BackPropagationThroughTime()),
            8,
            4,
            1f,
            0f,
            1);
    try (CpuBackend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(placement)) {
      Samples samples = given.samples(12);
      assertFails(
          InputException.class,
          () -> train(placed, samples, 1),
          "rule bptt learns on the tensor engine alone");
    }
  }

  /** Parameters and moments are all the state there is between batches. */
  @ParameterizedTest
  @EnumSource
  void trainingGoesOnFromParametersAndMoments(NeuronModel neuron) {
    NetworkCase given = given(neuron, neuron == NeuronModel.LIF ? 8 : 1, 4);
    Samples samples = given.samples(12);
    try (CpuBackend backend = new CpuBackend(2);
        PlacedNetwork through = backend.place(given.placement());
        PlacedNetwork resumed = backend.place(given.placement())) {
      through.writeParameters(given.parameters(2f));
      train(through, samples, 1);
      train(through, samples, 2);
      resumed.writeState(through.readState());
      train(through, samples, 3);
      train(resumed, samples, 3);
      assertEquals(through.readParameters().sha256(), resumed.readParameters().sha256());
      assertEquals(through.readFirstMoments().sha256(), resumed.readFirstMoments().sha256());
      assertEquals(through.readSecondMoments().sha256(), resumed.readSecondMoments().sha256());
    }
  }

  @Test
  void parametersAreReadAsWritten() {
    NetworkCase given = given(NeuronModel.LIF, 3, 2);
    Parameters written = given.parameters(1f);
    try (CpuBackend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(given.placement())) {
      placed.writeParameters(written);
      assertEquals(written.sha256(), placed.readParameters().sha256());
      assertArrayEquals(
          written.layers().get(0).weights(), placed.readParameters().layers().get(0).weights());
    }
  }

  @Test
  void testingLeavesParametersAlone() {
    NetworkCase given = given(NeuronModel.LIF, 9, 4);
    try (CpuBackend backend = new CpuBackend(2);
        PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(8))) {
      Parameters written = given.parameters(2f);
      placed.writeParameters(written);
      BatchSchedule.test(placed, shown, NetworkCase.order(8), 0, 4, 1);
      assertEquals(written.sha256(), placed.readParameters().sha256());
      assertArrayEquals(new long[2], placed.takeCounters().synapseUpdates());
    }
  }

  /** Every bit is a spike, whatever the pixels: step 32 of one input, steps 0 to 31 of another. */
  @Test
  void writtenSpikesReplaceDrawnOnes() {
    NetworkCase given = given(NeuronModel.LIF, 33, 2);
    Samples blank =
        Samples.ofPixels("blank", given.network().input(), 6, new byte[2 * 19], new int[2]);
    int[] trains = new int[2 * 2 * 19];
    trains[19 + 4] = 1;
    trains[2 * 19 + 7] = -1;
    try (CpuBackend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(blank)) {
      placed.beginBatch(shown, new int[] {0, 1}, 0, 2);
      placed.writeInputSpikes(trains);
      BatchSchedule.trainBegun(placed, BatchStep.alike(1, 1f));
      assertEquals(33, placed.takeCounters().activeInputs()[0]);
    }
  }

  @Test
  void samplesOfAnotherShapeAreRefused() {
    NetworkCase given = given(NeuronModel.LIF, 3, 2);
    Samples narrow =
        Samples.ofPixels("narrow", given.network().input(), 5, new byte[19], new int[1]);
    try (CpuBackend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(given.placement())) {
      assertThrows(IllegalArgumentException.class, () -> placed.placeSamples(narrow));
    }
  }

  @Test
  void rateUnitsHaveNoSpikes() {
    NetworkCase given = given(NeuronModel.RATE, 1, 2);
    try (CpuBackend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(given.placement())) {
      assertThrows(IllegalStateException.class, () -> placed.drawSpikes(1));
      assertThrows(IllegalStateException.class, () -> placed.readSpikeCounts(0));
      assertThrows(IllegalStateException.class, () -> placed.writeInputSpikes(new int[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, CpuBackend.MAX_THREADS + 1})
  void unusableThreadCountsAreRefused(int threads) {
    assertThrows(InputException.class, () -> new CpuBackend(threads));
  }

  @Test
  void loopsAreChosenByName() {
    assertEquals("plain Java loops", KernelChoice.named("plain").description());
    assertTrue(KernelChoice.named("vector").description().startsWith("Vector API"));
    assertEquals(KernelChoice.best().description(), KernelChoice.named("auto").description());
    assertEquals("plain Java loops", KernelChoice.named("Plain").description());
    assertThrows(InputException.class, () -> KernelChoice.named("plainly"));
  }

  @ParameterizedTest
  @CsvSource({
    "LIF, 0, 1",
    "LIF, 1025, 1",
    "LIF, 1, 0",
    "LIF, 1, 4097",
    "LIF, -1, 1",
    "RATE, 2, 1",
    "RATE, 0, 1"
  })
  void unusablePlacementsAreRefused(NeuronModel neuron, int steps, int batch) {
    assertThrows(InputException.class, () -> given(neuron, steps, batch).placement());
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY})
  void unusableInputScalesAreRefused(float scale) {
    Placement usable = given(NeuronModel.LIF, 1, 1).placement();
    assertThrows(
        InputException.class,
        () -> new Placement(usable.network(), usable.learning(), 1, 1, scale, 0.2f, 1));
  }
}
