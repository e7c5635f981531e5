package org.raphe.volatility;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.raphe.backend.Backend;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.LocalError;

/** A small stream of separable samples, and all kinds of learners of it. */
final class SmallVolatility {
  static final int CLASSES = 5;
  static final int SAMPLES = 1_203;

  private SmallVolatility() {}

  static StreamSettings settings(long seed) {
    return new StreamSettings(
        SAMPLES, 10, 300, 150, 260, 0.5, List.of(2, 5), 100, 60, 120, List.of(0.4), seed);
  }

  /** Class c brightens the features c, c + 5, c + 10, ... */
  static Samples pool() {
    Random random = new Random(4);
    float[] features = new float[20 * SAMPLES];
    int[] labels = new int[SAMPLES];
    for (int k = 0; k < SAMPLES; k++) {
      labels[k] = random.nextInt(CLASSES);
      for (int input = 0; input < 20; input++) {
        float base = input % CLASSES == labels[k] ? 0.6f : 0f;
        features[20 * k + input] = base + 0.4f * random.nextFloat();
      }
    }
    return Samples.ofFeatures("small", InputShape.vector(20), CLASSES, features, labels);
  }

  static int[] labels(Samples samples) {
    int[] labels = new int[samples.size()];
    for (int k = 0; k < labels.length; k++) {
      labels[k] = samples.label(k);
    }
    return labels;
  }

  static VolatileStream stream(long seed) {
    return new VolatileStream(settings(seed), labels(pool()), CLASSES);
  }

  static VolatilePlan plan(NeuronModel neuron) {
    LearningSpec learning =
        new LearningSpec(
            new LocalError(),
            new Optimizer.Sgd(0.02),
            new Optimizer.Sgd(0.02),
            neuron == NeuronModel.RATE ? ReadoutLoss.crossEntropy(1f) : ReadoutLoss.PUBLISHED,
            SignalGain.CONSTANT);
    Placement placement =
        new Placement(
            NetworkText.parse("20-30-5", neuron, Mode.CLASSIFICATION),
            learning,
            neuron == NeuronModel.RATE ? 1 : 6,
            10,
            1f,
            0.2f,
            7);
    return new VolatilePlan(placement, 200, learners());
  }

  static List<LearnerSpec> learners() {
    BankSettings.Constants quick =
        new BankSettings.Constants(3f, 0.1f, 100f, 60f, 0.4f, 0.3f, 5f, 100f, 40f, 50f);
    BankSettings all =
        new BankSettings(
            BankSettings.STANDARD.modulators(),
            Set.of(),
            12,
            quick,
            java.util.Map.of(),
            BankSettings.STANDARD.couplings());
    return List.of(
        new LearnerSpec.Modulated("modulated", all, NoradrenalineTimes.SURPRISE),
        new LearnerSpec.Modulated("oracle", all, NoradrenalineTimes.ORACLE),
        new LearnerSpec.Modulated("yoked", all, NoradrenalineTimes.YOKED),
        new LearnerSpec.Fixed(
            "adam", LearnerSpec.Descent.ADAM, 0.03f, 0f, LearnerSpec.Restart.DRIFT),
        new LearnerSpec.Fixed(
            "momentum", LearnerSpec.Descent.MOMENTUM, 0.1f, 0f, LearnerSpec.Restart.SWITCH),
        new LearnerSpec.Fixed("l2", LearnerSpec.Descent.SGD, 1f, 0.01f, LearnerSpec.Restart.NEVER),
        new LearnerSpec.Plain("bank", 1f, 60, 12),
        new LearnerSpec.Given("given", all));
  }

  static boolean[] yoked(VolatileStream stream) {
    boolean[] times = new boolean[stream.batches()];
    times[50] = true;
    times[80] = true;
    return times;
  }

  static VolatileRun run(VolatilePlan plan, Workers workers, VolatileListener listener) {
    VolatileStream stream = stream(7);
    return new VolatileRun(plan, stream, shown(stream), yoked(stream), workers, listener);
  }

  /** The samples of a stream in its order, with the labels that the learner is given. */
  static Samples shown(VolatileStream stream) {
    Samples pool = pool();
    float[] features = new float[20 * SAMPLES];
    int[] order = stream.order();
    for (int k = 0; k < SAMPLES; k++) {
      pool.copyFeatures(order[k], features, 20 * k);
    }
    return Samples.ofFeatures("shown", pool.shape(), CLASSES, features, stream.givenLabels());
  }

  static Backend backend(int threads) {
    return new CpuBackend(threads);
  }
}
