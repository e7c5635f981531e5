package org.raphe.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.raphe.backend.Backend;
import org.raphe.backend.Counters;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

/** A small network and separable samples, and a run of them that can be stopped. */
final class SmallRun {
  static final int TRAIN = 50;
  static final int BATCH = 8;
  static final int EPOCHS = 2;

  /** Batches of the whole run: seven an epoch, the last of two samples. */
  static final int BATCHES = 14;

  private SmallRun() {}

  static TrainingPlan plan(NeuronModel neuron) {
    return plan(neuron, "20-15-3", Optimizer.Adam.of(0.01), 9);
  }

  static TrainingPlan plan(NeuronModel neuron, String network, Optimizer optimizer, long seed) {
    return TrainingPlan.builder(NetworkText.parse(network, neuron, Mode.CLASSIFICATION))
        .learning(LearningSpec.published(Mode.CLASSIFICATION, new Naca()).withOptimizer(optimizer))
        .schedule(LearningRateSchedule.LINEAR)
        .steps(neuron == NeuronModel.LIF ? 6 : 1)
        .batch(BATCH)
        .epochs(EPOCHS)
        .seed(seed)
        .build();
  }

  /** Class c brightens the features c, c + 3, c + 6, ... */
  static Samples samples(int count, long seed) {
    Random random = new Random(seed);
    float[] features = new float[20 * count];
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      labels[k] = random.nextInt(3);
      for (int input = 0; input < 20; input++) {
        float base = input % 3 == labels[k] ? 0.6f : 0f;
        features[20 * k + input] = base + 0.4f * random.nextFloat();
      }
    }
    return Samples.ofFeatures("small", InputShape.vector(20), 3, features, labels);
  }

  static Dataset dataset(int train) {
    return new Dataset("small", samples(train, 1), samples(30, 2));
  }

  static ExperienceStream stream(int train) {
    return ExperienceStream.whole(dataset(train));
  }

  /** The epoch at hand, from 1; one more than there are when all are done. */
  static int epoch(TrainingState state) {
    return state.allPasses().size() + 1;
  }

  /** Runs from a state, asked to stop after some batches, on one of several backends. */
  static TrainingState run(TrainingPlan plan, TrainingState start, StopAfter listener) {
    int threads = 1 + listener.batches % 3;
    KernelChoice kernels =
        listener.batches % 2 == 0 ? KernelChoice.best() : KernelChoice.named("plain");
    try (Backend backend = new CpuBackend(threads, kernels)) {
      return new Trainer(plan, dataset(TRAIN), stream(TRAIN), listener).run(backend, start);
    }
  }

  /** Asks to stop after a number of batches, and keeps what it is told. */
  static final class StopAfter implements TrainingListener {
    final List<ExperienceMetrics.Pass> epochs = new ArrayList<>();
    final List<TrainingState> checkpoints = new ArrayList<>();
    private final int batches;
    private final boolean due;
    private int done;

    StopAfter(int batches) {
      this(batches, false);
    }

    /**
     * @param due whether a checkpoint is due after every batch
     */
    StopAfter(int batches, boolean due) {
      this.batches = batches;
      this.due = due;
    }

    @Override
    public void passDone(Experience experience, ExperienceMetrics.Pass pass) {
      epochs.add(pass);
    }

    @Override
    public boolean checkpointDue() {
      return due;
    }

    @Override
    public void checkpoint(TrainingState state) {
      checkpoints.add(state);
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
