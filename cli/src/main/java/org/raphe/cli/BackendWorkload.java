package org.raphe.cli;

import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.rule.Rule;

/** The published settings of NACA on a backend: Adam 1e-4, batch 32, T = 20 (spiking). */
public final class BackendWorkload implements BenchWorkload {
  private static final int BATCH = 32;
  private static final int STEPS = 20;
  private static final long SEED = 1;

  private final PlacedNetwork placed;
  private final PlacedSamples samples;
  private final int[] order;
  private int at;
  private int stepsDone;

  /**
   * Places the network and the samples.
   *
   * @param rule NACA, or what computes the same on that backend
   */
  public BackendWorkload(Backend backend, Samples train, NetworkSpec network, Rule rule) {
    boolean spiking = network.neuron() == NeuronModel.LIF;
    placed =
        backend.place(
            new Placement(
                network,
                LearningSpec.published(Mode.CLASSIFICATION, rule),
                spiking ? STEPS : 1,
                BATCH,
                1f,
                0f,
                SEED));
    placed.writeParameters(Parameters.draw(network, SEED));
    samples = placed.placeSamples(train);
    order =
        new UniformSequence(SEED, RandomStream.ORDER.number(1), 0).nextPermutation(train.size());
  }

  @Override
  public double train(int count) {
    long from = System.nanoTime();
    for (int done = 0; done < count; done += BATCH) {
      if (at + BATCH > order.length) {
        at = 0;
      }
      BatchSchedule.train(
          placed,
          samples,
          order,
          at,
          BATCH,
          RandomStream.TRAINING_SPIKES.number(1),
          ++stepsDone,
          1.0);
      at += BATCH;
    }
    placed.takeCounters();
    return (System.nanoTime() - from) / 1e9;
  }

  @Override
  public void close() {
    samples.close();
    placed.close();
  }
}
