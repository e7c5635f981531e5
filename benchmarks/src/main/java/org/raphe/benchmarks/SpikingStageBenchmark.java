package org.raphe.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.raphe.network.NeuronModel;

/** The stages with LIF units, T = 20. */
public class SpikingStageBenchmark extends StageBenchmark {

  /** For JMH. */
  public SpikingStageBenchmark() {
    super(NeuronModel.LIF, 20);
  }

  /** Draws the input spikes of a batch. */
  @Benchmark
  public void drawSpikes() {
    drawInputSpikes();
  }
}
