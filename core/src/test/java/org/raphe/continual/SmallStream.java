package org.raphe.continual;

import java.util.Random;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.data.UnitLength;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.Naca;
import org.raphe.rule.NacaCompetitive;

/** Small networks, gated or of columns, and a stream of four classes in two experiences. */
final class SmallStream {
  static final int CLASSES = 4;
  static final int BATCH = 8;

  private SmallStream() {}

  static ContinualPlan plan(NeuronModel neuron, Protocol protocol, Optimizer optimizer) {
    return plan(neuron, protocol, optimizer, 3, null);
  }

  static ContinualPlan plan(
      NeuronModel neuron, Protocol protocol, Optimizer optimizer, int epochs, Double stopAccuracy) {
    return new ContinualPlan(
        NetworkText.parse("20-15-4", neuron, Mode.CLASS_CONTINUAL),
        LearningSpec.published(Mode.CLASS_CONTINUAL, new Naca()).withOptimizer(optimizer),
        neuron == NeuronModel.LIF ? 6 : 1,
        BATCH,
        epochs,
        stopAccuracy,
        1f,
        0.2f,
        protocol,
        7);
  }

  /** Two columns a class, a centre and two directions each. */
  static ContinualPlan competitive(AssociativeReadout readout) {
    return new ContinualPlan(
        NetworkText.parse("20-24-4", NeuronModel.RATE, Mode.CLASSIFICATION).withColumns(3, 3, 0.3f),
        LearningSpec.competitive(new NacaCompetitive(0.06f, 2f, readout, 0.1f)),
        1,
        BATCH,
        2,
        null,
        1f,
        0.2f,
        Protocol.STRICT,
        7);
  }

  static Dataset dataset() {
    return new Dataset("small", samples(60, 1), samples(30, 2));
  }

  /** Class c brightens the features c, c + 4, c + 8, ... */
  private static Samples samples(int count, long seed) {
    Random random = new Random(seed);
    float[] features = new float[20 * count];
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      labels[k] = k % CLASSES;
      for (int input = 0; input < 20; input++) {
        float base = input % CLASSES == labels[k] ? 1f : 0f;
        features[20 * k + input] = base + 0.6f * random.nextFloat();
      }
    }
    return Samples.ofFeatures("small", InputShape.vector(20), CLASSES, features, labels);
  }

  static ExperienceStream stream(Dataset dataset) {
    return ExperienceStream.of(dataset, ClassOrder.drawn(CLASSES, 7), 2);
  }

  /** Runs from a state on one of several backends, asked to stop after some batches. */
  static ContinualState run(ContinualPlan plan, ContinualState start, int batches) {
    Dataset dataset = plan.gated() ? dataset() : new UnitLength().apply(dataset());
    KernelChoice kernels = batches % 2 == 0 ? KernelChoice.best() : KernelChoice.named("plain");
    try (Backend backend = new CpuBackend(1 + batches % 3, kernels)) {
      return new ContinualTrainer(plan, dataset, stream(dataset), new StopAfter(batches))
          .run(backend, start);
    }
  }

  /** Asks to stop after a number of batches. */
  private static final class StopAfter implements ContinualListener {
    private final int batches;
    private int done;

    StopAfter(int batches) {
      this.batches = batches;
    }

    @Override
    public boolean stopRequested() {
      return ++done >= batches;
    }
  }
}
