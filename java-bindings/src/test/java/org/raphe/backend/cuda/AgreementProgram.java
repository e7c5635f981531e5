package org.raphe.backend.cuda;

import static org.raphe.network.Mode.CLASSIFICATION;
import static org.raphe.network.Mode.CLASS_CONTINUAL;
import static org.raphe.network.NeuronModel.LIF;
import static org.raphe.network.NeuronModel.RATE;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.device.CompetitiveCases;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.LearnerStudy;
import org.raphe.backend.device.NanScores;
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
import org.raphe.rule.DirectFeedbackAlignment;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Eprop;
import org.raphe.rule.Frozen;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.RewardPropagation;
import org.raphe.rule.Rule;

/** Trains and tests networks of every kind and prints all that can be seen of them. */
final class AgreementProgram {
  private static final ReadoutLoss SQUARED = ReadoutLoss.PUBLISHED;
  private static final ReadoutLoss DIRECT = SQUARED.withCredit(ReadoutLoss.Credit.DIRECT);
  private static final ReadoutLoss ENTROPY = ReadoutLoss.crossEntropy(20f);
  private static final ReadoutLoss LAST = ReadoutLoss.CONTINUAL;

  private static final Optimizer SGD = new Optimizer.Sgd(0.05);
  private static final Optimizer ADAM = Optimizer.Adam.of(0.01);
  private static final Optimizer PROBE = new Optimizer.GradientProbe();

  private static final Learning NACA = new Learning(new Naca(), SignalGain.CONSTANT, ADAM, SGD);
  private static final Learning SURPRISED =
      new Learning(new Naca(), SignalGain.SURPRISE, SGD, ADAM);
  private static final Learning DRTP =
      new Learning(new DirectRandomTargetProjection(), SignalGain.SURPRISE, ADAM, ADAM);
  private static final Learning FROZEN = new Learning(new Frozen(), SignalGain.CONSTANT, SGD, SGD);
  private static final Learning PROBED =
      new Learning(new Naca(), SignalGain.CONSTANT, PROBE, PROBE);

  private AgreementProgram() {}

  public static void main(String[] arguments) {
    try (CudaBackend backend = new CudaBackend(0, false)) {
      rows(backend).forEach(HarnessRun::row);
    }
  }

  /** What is seen on a backend, the case's name at the beginning of each row. */
  static List<String> rows(Backend backend) {
    List<String> rows = new ArrayList<>();
    for (DeviceCase each : cases()) {
      each.observe(backend, true).forEach(line -> rows.add(each + ": " + line));
    }
    for (DeviceCase each : given()) {
      observeGiven(each, backend).forEach(line -> rows.add(each + ", given: " + line));
    }
    NanScores.observe(backend, true).forEach(line -> rows.add("NaN scores: " + line));
    LearnerStudy.observe(backend).forEach(line -> rows.add("learners: " + line));
    return rows;
  }

  static List<DeviceCase> cases() {
    List<DeviceCase> cases = new ArrayList<>();
    addWindows(cases);
    addChunks(cases);
    addRate(cases);
    addAnswers(cases);
    addConvolutions(cases);
    cases.addAll(CompetitiveCases.all());
    cases.add(PROBED.of("30-64-17-10-3", LIF, CLASSIFICATION, LAST, 20, 5, true));
    cases.add(FROZEN.of("21-16-65-10", LIF, CLASSIFICATION, DIRECT, 20, 2, true));
    cases.add(FROZEN.of("21-17-5", LIF, CLASS_CONTINUAL, SQUARED, 20, 2, false));
    return cases;
  }

  /** Windows at both sides of a word of spikes and of what a variant of a kernel holds. */
  private static void addWindows(List<DeviceCase> cases) {
    cases.add(DRTP.of("9-17-5", LIF, CLASSIFICATION, ENTROPY, 1, 7, false));
    cases.add(NACA.of("9-17-5", LIF, CLASS_CONTINUAL, LAST, 1, 3, true));
    cases.add(NACA.of("37-61-5", LIF, CLASSIFICATION, SQUARED, 20, 7, true));
    cases.add(DRTP.of("35-64-17-10", LIF, CLASS_CONTINUAL, DIRECT, 20, 3, false));
    cases.add(SURPRISED.of("21-65-5", LIF, CLASSIFICATION, DIRECT, 21, 3, false));
    cases.add(NACA.of("21-16-5", LIF, CLASS_CONTINUAL, ENTROPY, 21, 3, true));
    cases.add(NACA.of("17-9-5", LIF, CLASSIFICATION, LAST, 32, 3, true));
    cases.add(DRTP.of("17-9-5", LIF, CLASS_CONTINUAL, LAST, 32, 3, false));
    cases.add(DRTP.of("17-66-9-5", LIF, CLASSIFICATION, SQUARED, 33, 3, false));
    cases.add(SURPRISED.of("17-9-5", LIF, CLASS_CONTINUAL, LAST, 33, 3, false));
    cases.add(NACA.of("10-17-3", LIF, CLASSIFICATION, DIRECT, 128, 2, true));
    cases.add(NACA.of("10-17-3", LIF, CLASS_CONTINUAL, ENTROPY, 128, 2, false));
    cases.add(DRTP.of("10-17-3", LIF, CLASSIFICATION, ENTROPY, 130, 2, false));
    cases.add(NACA.of("10-17-3", LIF, CLASS_CONTINUAL, LAST, 130, 2, true));
  }

  /** Inputs of a layer, and of the read-out, that come in several chunks; more than one slice. */
  private static void addChunks(List<DeviceCase> cases) {
    cases.add(NACA.of("784-70-10", LIF, CLASSIFICATION, ENTROPY, 20, 3, true));
    cases.add(SURPRISED.of("784-30-10", LIF, CLASS_CONTINUAL, LAST, 21, 2, false));
    cases.add(DRTP.of("20-700-5", LIF, CLASSIFICATION, SQUARED, 20, 2, false));
    cases.add(NACA.of("1400-30-5", RATE, CLASSIFICATION, SQUARED, 1, 9, true));
    cases.add(NACA.of("20-1400-5", RATE, CLASS_CONTINUAL, LAST, 1, 3, false));
  }

  private static void addRate(List<DeviceCase> cases) {
    cases.add(SURPRISED.of("37-300-10", RATE, CLASSIFICATION, ENTROPY, 1, 17, true));
    cases.add(DRTP.of("37-61-17-5", RATE, CLASSIFICATION, DIRECT, 1, 8, true));
    cases.add(PROBED.of("30-64-16-65-3", RATE, CLASSIFICATION, LAST, 1, 32, false));
    cases.add(FROZEN.of("21-100-70", RATE, CLASSIFICATION, ENTROPY, 1, 7, true));
    cases.add(NACA.of("35-64-10", RATE, CLASS_CONTINUAL, LAST, 1, 7, false));
    cases.add(DRTP.of("33-17-65-2", RATE, CLASS_CONTINUAL, ENTROPY, 1, 9, true));
  }

  /** Rules whose signals answer to outputs. */
  private static void addAnswers(List<DeviceCase> cases) {
    for (Rule rule :
        List.of(
            new RewardPropagation(),
            new DirectFeedbackAlignment(),
            new Eprop(),
            new LocalError(),
            new LocalError(LocalError.Heads.LEARNED))) {
      Learning adam = new Learning(rule, SignalGain.CONSTANT, ADAM, ADAM);
      Learning surprised = new Learning(rule, SignalGain.SURPRISE, SGD, SGD);
      cases.add(adam.of("37-65-5", LIF, CLASSIFICATION, SQUARED, 20, 3, true));
      cases.add(surprised.of("17-66-9-5", LIF, CLASSIFICATION, ENTROPY, 33, 3, false));
      cases.add(adam.of("17-65-9-5", LIF, CLASS_CONTINUAL, LAST, 21, 3, false));
      cases.add(adam.of("10-17-3", LIF, CLASS_CONTINUAL, LAST, 130, 2, true));
      cases.add(surprised.of("37-530-70", RATE, CLASSIFICATION, ENTROPY, 1, 9, true));
      cases.add(adam.of("33-17-65-2", RATE, CLASS_CONTINUAL, LAST, 1, 7, false));
    }
  }

  /** Windows of each variant, pooled maps before a read-out and before a dense layer, tiles. */
  private static void addConvolutions(List<DeviceCase> cases) {
    Learning heads =
        new Learning(new LocalError(LocalError.Heads.LEARNED), SignalGain.SURPRISE, SGD, ADAM);
    cases.add(NACA.of("5x7x2-c5k3s2p1-9-3", LIF, CLASSIFICATION, SQUARED, 7, 18, true));
    cases.add(NACA.of("5x4x1-c3k2-pool-4", LIF, CLASSIFICATION, ENTROPY, 20, 3, false));
    cases.add(SURPRISED.of("4x4x1-c66k3p1-pool-9-3", LIF, CLASSIFICATION, SQUARED, 33, 2, true));
    cases.add(NACA.of("5x4x1-c3k2-pool-3", LIF, CLASSIFICATION, LAST, 40, 2, true));
    cases.add(heads.of("5x5x1-c4k3p1-pool-c3k2-5-3", LIF, CLASSIFICATION, SQUARED, 6, 3, true));
    cases.add(NACA.of("5x7x2-c66k3s2p1-9-3", RATE, CLASSIFICATION, ENTROPY, 1, 18, false));
    cases.add(heads.of("7x7x1-c4k6p3-pool-c3k2-4", RATE, CLASSIFICATION, ENTROPY, 1, 3, true));
  }

  /** Networks that are given their spikes and signals. */
  private static List<DeviceCase> given() {
    return List.of(
        NACA.of("37-65-17-5", LIF, CLASSIFICATION, SQUARED, 20, 3, true),
        NACA.of("37-17-5", LIF, CLASS_CONTINUAL, LAST, 33, 3, false),
        NACA.of("5x4x2-c3k3p1-pool-7-3", LIF, CLASSIFICATION, SQUARED, 6, 3, true));
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
      LearningSpec learning =
          new LearningSpec(
              rule instanceof Naca
                  ? new Naca(
                      steps == 20 ? ModulationCurve.PUBLISHED : new ModulationCurve(0.4f, 1.3f),
                      InnervationDistribution.UNIFORM)
                  : rule,
              hidden,
              readout,
              loss,
              gain);
      return new DeviceCase(network, neuron, mode, learning, steps, batch, pixels);
    }
  }

  /** Given spikes before and after drawn ones; bits past the window count for nothing. */
  private static List<String> observeGiven(DeviceCase given, Backend backend) {
    List<String> lines = new ArrayList<>();
    int[] order = DeviceCase.order(8, 1);
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(8))) {
      placed.writeParameters(given.parameters());
      placed.writeClassSignals(0, signals(given));
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
        DeviceCase.addState(lines, "batch " + step, placed, true);
      }
    }
    return lines;
  }

  private static float[] signals(DeviceCase given) {
    SplittableRandom random = new SplittableRandom(9);
    float[] signals = new float[given.spec().classes() * given.spec().layers().get(0).units()];
    for (int k = 0; k < signals.length; k++) {
      signals[k] = (float) random.nextDouble(-1, 1);
    }
    return signals;
  }

  /** About a quarter of all bits, those past the window among them. */
  private static int[] spikes(DeviceCase given, int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int words = (given.steps() + 31) / 32;
    int numbers = count * words * given.spec().input().size();
    return random.ints(numbers).map(bits -> bits & random.nextInt()).toArray();
  }
}
