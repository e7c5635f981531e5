package org.raphe.cli.verify;

import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.rule.Naca;
import org.raphe.training.TrainingPlan;

/**
 * A network that learns MNIST by NACA, a batch at a time, for as long as is asked: epoch follows
 * epoch, each in an order of its own.
 */
final class NetworkRun implements AutoCloseable {
  private static final long SEED = 1;

  private final PlacedNetwork placed;
  private final PlacedSamples samples;
  private final int batch;
  private int[] order;
  private int epoch;
  private int at;
  private long stepsDone;

  /** Places the network; the caller closes it before the backend. */
  NetworkRun(Backend backend, String network, NeuronModel neuron, int batch, Samples train) {
    TrainingPlan plan = plan(network, neuron, batch);
    this.batch = batch;
    placed = backend.place(plan.placement());
    placed.writeParameters(plan.placement().initialParameters());
    samples = placed.placeSamples(train);
    nextEpoch();
  }

  /** One epoch of NACA with Adam at 1e-3, T = 20 for spiking units. */
  static TrainingPlan plan(String network, NeuronModel neuron, int batch) {
    return TrainingPlan.builder(NetworkText.parse(network, neuron, Mode.CLASSIFICATION))
        .learning(
            LearningSpec.published(Mode.CLASSIFICATION, new Naca())
                .withOptimizer(Optimizer.Adam.of(1e-3)))
        .batch(batch)
        .epochs(1)
        .seed(SEED)
        .build();
  }

  private void nextEpoch() {
    epoch++;
    at = 0;
    order =
        new UniformSequence(SEED, RandomStream.ORDER.number(epoch), 0)
            .nextPermutation(samples.size());
  }

  /** Trains on the next batch, which is whole. */
  void train() {
    if (at + batch > order.length) {
      nextEpoch();
    }
    BatchSchedule.train(
        placed,
        samples,
        order,
        at,
        batch,
        RandomStream.TRAINING_SPIKES.number(epoch),
        ++stepsDone,
        1.0);
    at += batch;
  }

  /** Shows the first batch of this epoch without learning. */
  void test() {
    BatchSchedule.test(placed, samples, order, 0, batch, RandomStream.TEST_SPIKES.number(0));
  }

  /** Waits until all is done, and takes what was counted. */
  void finish() {
    placed.takeCounters();
  }

  @Override
  public void close() {
    samples.close();
    placed.close();
  }
}
