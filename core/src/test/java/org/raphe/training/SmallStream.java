package org.raphe.training;

import java.nio.file.Path;
import java.util.Random;
import org.raphe.backend.Backend;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.continual.ClassOrder;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
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

  static TrainingPlan plan(NeuronModel neuron, Protocol protocol, Optimizer optimizer) {
    return plan(neuron, protocol, optimizer, 3, null);
  }

  static TrainingPlan plan(
      NeuronModel neuron, Protocol protocol, Optimizer optimizer, int epochs, Double stopAccuracy) {
    return TrainingPlan.builder(NetworkText.parse("20-15-4", neuron, Mode.CLASS_CONTINUAL))
        .learning(LearningSpec.published(Mode.CLASS_CONTINUAL, new Naca()).withOptimizer(optimizer))
        .steps(neuron == NeuronModel.LIF ? 6 : 1)
        .batch(BATCH)
        .epochs(epochs)
        .stopAccuracy(stopAccuracy)
        .protocol(protocol)
        .seed(7)
        .build();
  }

  /** Two columns a class, a centre and two directions each. */
  static TrainingPlan competitive(AssociativeReadout readout) {
    return TrainingPlan.builder(
            NetworkText.parse("20-24-4", NeuronModel.RATE, Mode.CLASSIFICATION)
                .withColumns(3, 3, 0.3f))
        .learning(LearningSpec.competitive(new NacaCompetitive(0.06f, 2f, readout, 0.1f)))
        .batch(BATCH)
        .epochs(2)
        .seed(7)
        .build();
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

  /** Reads a checkpoint of a plan's run. */
  static TrainingState read(Path file, TrainingPlan plan, String fingerprint) {
    NetworkState begun = plan.placement().initialState();
    return Checkpoint.read(file, plan, stream(dataset()), begun, fingerprint);
  }

  /** Runs from a state on one of several backends, asked to stop after some batches. */
  static TrainingState run(TrainingPlan plan, TrainingState start, int batches) {
    Dataset dataset = plan.gated() ? dataset() : new UnitLength().apply(dataset());
    KernelChoice kernels = batches % 2 == 0 ? KernelChoice.best() : KernelChoice.named("plain");
    try (Backend backend = new CpuBackend(1 + batches % 3, kernels)) {
      return new Trainer(plan, dataset, stream(dataset), new StopAfter(batches))
          .run(backend, start);
    }
  }

  /** Asks to stop after a number of batches. */
  private static final class StopAfter implements TrainingListener {
    private final int batches;
    private int done;

    StopAfter(int batches) {
      this.batches = batches;
    }

    @Override
    public int progressBatches() {
      return 1;
    }

    @Override
    public void progress(Experience experience, int epoch, int samplesDone, Counters running) {
      done++;
    }

    @Override
    public boolean stopRequested() {
      return done >= batches;
    }
  }
}
