package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.network.Mode.CLASSIFICATION;
import static org.raphe.network.Mode.CLASS_CONTINUAL;
import static org.raphe.network.NeuronModel.LIF;
import static org.raphe.network.NeuronModel.RATE;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;
import org.raphe.random.RandomStream;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Frozen;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;

/** An OpenCL device gives the bits of the CPU's plain loops, and of its best ones. */
@NeedsOpenCl
class OpenClAgreementTest {
  private static final ReadoutLoss DIRECT =
      ReadoutLoss.PUBLISHED.withCredit(ReadoutLoss.Credit.DIRECT);
  private static final ReadoutLoss ENTROPY = ReadoutLoss.crossEntropy(20f);
  private static final ReadoutLoss LAST = ReadoutLoss.CONTINUAL;

  private static final Optimizer SGD = new Optimizer.Sgd(0.05);
  private static final Optimizer ADAM = Optimizer.Adam.of(0.01);
  private static final Optimizer PROBE = new Optimizer.GradientProbe();

  private static OpenClBackend device;
  private static CpuBackend plain;
  private static CpuBackend best;

  @BeforeAll
  static void open() {
    device = new OpenClBackend(NeedsOpenCl.Device.number(), null, FaultPlan.none(), s -> s);
    plain = new CpuBackend(1, KernelChoice.named("plain"));
    best = new CpuBackend(2, KernelChoice.best());
  }

  @AfterAll
  static void close() {
    for (Backend backend : new Backend[] {device, plain, best}) {
      if (backend != null) {
        backend.close();
      }
    }
  }

  /** Settings that kernels are compiled with come in few values: each costs a compilation. */
  static List<DeviceCase> cases() {
    List<DeviceCase> cases = new ArrayList<>();
    addSpiking(cases);
    addWindows(cases);
    addRate(cases);
    addConvolutions(cases);
    return cases;
  }

  private static void addSpiking(List<DeviceCase> cases) {
    Learning naca = new Learning(new Naca(), SignalGain.CONSTANT, ADAM, ADAM);
    Learning drtp =
        new Learning(new DirectRandomTargetProjection(), SignalGain.SURPRISE, SGD, ADAM);
    Learning frozen = new Learning(new Frozen(), SignalGain.CONSTANT, SGD, SGD);
    Learning probe = new Learning(new Naca(), SignalGain.SURPRISE, PROBE, PROBE);
    cases.add(naca.of("37-61-5", LIF, CLASSIFICATION, ReadoutLoss.PUBLISHED, 20, 7, true));
    cases.add(drtp.of("784-1000-10", LIF, CLASSIFICATION, ENTROPY, 20, 3, true));
    cases.add(frozen.of("21-16-65-10", LIF, CLASSIFICATION, DIRECT, 20, 1, true));
    cases.add(probe.of("30-64-17-10-3", LIF, CLASSIFICATION, LAST, 20, 32, true));
    cases.add(drtp.of("30-10-100-65-70", LIF, CLASSIFICATION, DIRECT, 20, 3, true));
    cases.add(naca.of("35-64-10", LIF, CLASS_CONTINUAL, LAST, 20, 7, false));
    cases.add(drtp.of("33-1-65-2", LIF, CLASS_CONTINUAL, ENTROPY, 20, 32, false));
    cases.add(probe.of("18-100-16-17-5", LIF, CLASS_CONTINUAL, DIRECT, 20, 3, false));
    cases.add(frozen.of("37-61-5", LIF, CLASS_CONTINUAL, ReadoutLoss.PUBLISHED, 20, 1, false));
  }

  /** Windows that end within, at and past a word of spikes and a block of steps. */
  private static void addWindows(List<DeviceCase> cases) {
    Learning naca = new Learning(new Naca(), SignalGain.SURPRISE, ADAM, SGD);
    Learning drtp =
        new Learning(new DirectRandomTargetProjection(), SignalGain.CONSTANT, ADAM, ADAM);
    cases.add(drtp.of("9-17-5", LIF, CLASSIFICATION, ENTROPY, 1, 7, false));
    cases.add(naca.of("37-65-5", LIF, CLASSIFICATION, ReadoutLoss.PUBLISHED, 24, 3, false));
    cases.add(naca.of("37-16-5", LIF, CLASS_CONTINUAL, LAST, 25, 3, true));
    cases.add(naca.of("37-65-5", LIF, CLASSIFICATION, LAST, 31, 3, false));
    cases.add(naca.of("37-61-5", LIF, CLASS_CONTINUAL, LAST, 32, 3, false));
    cases.add(drtp.of("37-65-17-5", LIF, CLASSIFICATION, ReadoutLoss.PUBLISHED, 33, 3, false));
    cases.add(naca.of("10-17-3", LIF, CLASS_CONTINUAL, ENTROPY, 64, 3, false));
    cases.add(naca.of("10-17-3", LIF, CLASSIFICATION, DIRECT, 100, 3, true));
    cases.add(drtp.of("5-10-2", LIF, CLASSIFICATION, ReadoutLoss.PUBLISHED, 1024, 1, false));
  }

  private static void addRate(List<DeviceCase> cases) {
    Learning naca = new Learning(new Naca(), SignalGain.SURPRISE, ADAM, ADAM);
    Learning drtp =
        new Learning(new DirectRandomTargetProjection(), SignalGain.CONSTANT, SGD, ADAM);
    Learning frozen = new Learning(new Frozen(), SignalGain.CONSTANT, SGD, SGD);
    Learning probe = new Learning(new Naca(), SignalGain.SURPRISE, PROBE, PROBE);
    cases.add(naca.of("784-1000-10", RATE, CLASSIFICATION, ENTROPY, 1, 32, true));
    cases.add(drtp.of("37-61-17-5", RATE, CLASSIFICATION, ReadoutLoss.PUBLISHED, 1, 32, true));
    cases.add(probe.of("30-64-16-65-3", RATE, CLASSIFICATION, LAST, 1, 32, true));
    cases.add(frozen.of("21-100-70", RATE, CLASSIFICATION, ENTROPY, 1, 32, true));
    cases.add(naca.of("21-1-10-5", RATE, CLASSIFICATION, ReadoutLoss.PUBLISHED, 1, 3, false));
    cases.add(naca.of("35-64-10", RATE, CLASS_CONTINUAL, LAST, 1, 7, false));
    cases.add(drtp.of("33-17-65-2", RATE, CLASS_CONTINUAL, ENTROPY, 1, 7, false));
    cases.add(probe.of("18-100-5", RATE, CLASS_CONTINUAL, LAST, 1, 1, true));
  }

  /** Pooled maps before a read-out and before a dense layer, several tiles and words of steps. */
  private static void addConvolutions(List<DeviceCase> cases) {
    Learning naca = new Learning(new Naca(), SignalGain.SURPRISE, ADAM, ADAM);
    Learning heads =
        new Learning(new LocalError(LocalError.Heads.LEARNED), SignalGain.CONSTANT, ADAM, ADAM);
    Learning probe = new Learning(new Naca(), SignalGain.SURPRISE, PROBE, PROBE);
    cases.add(naca.of("9x7x2-c9k3s2p1-c70k3p1-pool-5", LIF, CLASSIFICATION, ENTROPY, 20, 18, true));
    cases.add(heads.of("8x9x1-c5k4p2-pool-c6k3-11-4", LIF, CLASSIFICATION, LAST, 33, 5, false));
    cases.add(probe.of("7x6x1-c3k6p3-pool-c4k1-7-3", LIF, CLASSIFICATION, DIRECT, 20, 3, true));
    cases.add(naca.of("9x7x2-c9k3s2p1-c70k3p1-pool-5", RATE, CLASSIFICATION, ENTROPY, 1, 18, true));
    cases.add(heads.of("7x6x1-c3k6p3-pool-c4k1-7-3", RATE, CLASSIFICATION, LAST, 1, 5, false));
  }

  /** How a case learns, but for its loss. */
  private record Learning(Rule rule, SignalGain gain, Optimizer hidden, Optimizer readout) {
    DeviceCase of(
        String network,
        NeuronModel neuron,
        Mode mode,
        ReadoutLoss loss,
        int steps,
        int batch,
        boolean pixels) {
      InnervationDistribution[] distributions = InnervationDistribution.values();
      LearningSpec learning =
          new LearningSpec(
              rule instanceof Naca
                  ? new Naca(
                      steps == 20 ? ModulationCurve.PUBLISHED : new ModulationCurve(0.4f, 1.3f),
                      distributions[batch % (distributions.length - 1)])
                  : rule,
              hidden,
              readout,
              loss,
              gain);
      return new DeviceCase(network, neuron, mode, learning, steps, batch, pixels);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainsAndTestsAsTheCpuDoes(DeviceCase given) {
    boolean squaredErrors = NeedsOpenCl.Device.hasDoubles();
    List<String> expected = given.observe(plain, squaredErrors);
    assertTeaches(given, expected);
    assertEquals(expected, given.observe(best, squaredErrors), "the CPU's best loops");
    assertSame(expected, given.observe(device, squaredErrors));
  }

  /** Two equal lists of zeros would prove little: credit must have reached a layer that learns. */
  private static void assertTeaches(DeviceCase given, List<String> lines) {
    boolean hidden = given.learning().rule().learns();
    String updates =
        hidden ? "synapse updates \\[[1-9].*" : "synapse updates \\[.*, [1-9][0-9]*\\]";
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("training batch .*: " + updates)),
        "no credit in " + given);
  }

  /** Names the first line that differs, in the order in which a batch computes. */
  private static void assertSame(List<String> expected, List<String> actual) {
    for (int k = 0; k < Math.min(expected.size(), actual.size()); k++) {
      assertEquals(expected.get(k), actual.get(k));
    }
    assertEquals(expected.size(), actual.size());
  }

  /**
   * Given spikes before and after drawn ones, with bits past the window, which count for nothing.
   */
  @ParameterizedTest
  @CsvSource({"20", "33"})
  void givenSpikesAndSignalsCountAsOnTheCpu(int steps) {
    Learning naca = new Learning(new Naca(), SignalGain.CONSTANT, ADAM, ADAM);
    ReadoutLoss loss = ReadoutLoss.PUBLISHED;
    DeviceCase given = naca.of("37-65-17-5", LIF, CLASSIFICATION, loss, steps, 3, steps == 20);
    assertSame(observeGiven(given, plain), observeGiven(given, device));
  }

  private static List<String> observeGiven(DeviceCase given, Backend backend) {
    List<String> lines = new ArrayList<>();
    boolean squaredErrors = NeedsOpenCl.Device.hasDoubles();
    int[] order = DeviceCase.order(8, 1);
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(8))) {
      placed.writeParameters(given.parameters());
      writeSignals(placed);
      for (int step = 1; step <= 4; step++) {
        int count = step == 3 ? 2 : 3;
        if (step == 2) {
          int stream = RandomStream.TRAINING_SPIKES.number(1);
          BatchSchedule.train(placed, shown, order, step, count, stream, step, 1.0);
        } else {
          placed.beginBatch(shown, order, step, count);
          placed.writeInputSpikes(spikes(given, count, step));
          BatchSchedule.trainBegun(placed, BatchStep.alike(step, 1.0));
        }
        DeviceCase.addState(lines, "batch " + step, placed, squaredErrors);
      }
    }
    return lines;
  }

  private static void writeSignals(PlacedNetwork placed) {
    int units = placed.placement().network().layers().get(0).units();
    float[] signals = new float[placed.placement().network().classes() * units];
    SplittableRandom random = new SplittableRandom(9);
    for (int k = 0; k < signals.length; k++) {
      signals[k] = (float) random.nextDouble(-1, 1);
    }
    placed.writeClassSignals(0, signals);
  }

  /** About a quarter of all bits, those past the window among them. */
  private static int[] spikes(DeviceCase given, int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int words = (given.steps() + 31) / 32;
    int numbers = count * words * given.spec().input().size();
    return random.ints(numbers).map(bits -> bits & random.nextInt()).toArray();
  }

  /** In classification a test sample's result does not depend on the batch it is shown in. */
  @Test
  void testBatchesOfAnySizeGiveTheSameOutputs() {
    Learning naca = new Learning(new Naca(), SignalGain.CONSTANT, ADAM, ADAM);
    DeviceCase given = naca.of("37-61-5", LIF, CLASSIFICATION, ENTROPY, 20, 7, true);
    List<Float> single = outputs(given, 1);
    assertTrue(single.stream().anyMatch(y -> y > 0), "no unit of the read-out spikes");
    assertEquals(single, outputs(given, 3));
    assertEquals(single, outputs(given, 7));
  }

  private static List<Float> outputs(DeviceCase given, int size) {
    int samples = 21;
    List<Float> outputs = new ArrayList<>();
    int[] order = DeviceCase.order(samples, 0);
    try (PlacedNetwork placed = device.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(samples))) {
      placed.writeParameters(given.parameters());
      for (int from = 0; from < samples; from += size) {
        BatchSchedule.test(placed, shown, order, from, size, RandomStream.TEST_SPIKES.number(0));
        for (float y : placed.readOutputs()) {
          outputs.add(y);
        }
      }
    }
    return outputs;
  }
}
