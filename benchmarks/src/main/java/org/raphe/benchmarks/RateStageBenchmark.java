package org.raphe.benchmarks;

import org.raphe.network.NeuronModel;

/** The stages with rate units, which draw no spikes. */
public class RateStageBenchmark extends StageBenchmark {

  /** For JMH. */
  public RateStageBenchmark() {
    super(NeuronModel.RATE, 1);
  }
}
