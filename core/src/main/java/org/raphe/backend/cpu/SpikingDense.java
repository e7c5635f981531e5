package org.raphe.backend.cpu;

import org.raphe.learning.OptimizerStep;
import org.raphe.rule.Trace;

/** A dense layer of LIF units on the CPU. */
final class SpikingDense extends DenseLayer implements SpikingLayer {
  /** Samples of an item where a layer has too few tiles to share out. */
  private static final int SAMPLE_BLOCK = 2;

  private static final int ENOUGH_GROUPS = 4;

  private final CpuSpikingNetwork network;
  private final int steps;

  SpikingDense(CpuSpikingNetwork network, int number) {
    super(network, number);
    this.network = network;
    steps = network.placement.steps();
  }

  private SpikeTrains given() {
    return network.trains[number];
  }

  private SpikeTrains emitted() {
    return network.trains[number + 1];
  }

  @Override
  public long activeInputs(int sample) {
    long total = 0;
    for (int t = 0; t < steps; t++) {
      total += given().spikes[sample * steps + t];
    }
    return total;
  }

  @Override
  public int train(int sample, int word, int unit) {
    return emitted().trains[emitted().at(sample, word) + unit];
  }

  @Override
  void forward(boolean credited) {
    int count = network.count;
    int groups = groups();
    int blockSize = groups >= ENOUGH_GROUPS ? count : SAMPLE_BLOCK;
    int blocks = (count + blockSize - 1) / blockSize;
    network.workers.run(
        groups * blocks,
        (item, worker) -> {
          int firstTile = item % groups * TILE_GROUP;
          int endTile = Math.min(weights.tiles, firstTile + TILE_GROUP);
          int end = Math.min(count, (item / groups + 1) * blockSize);
          for (int sample = item / groups * blockSize; sample < end; sample++) {
            window(sample, firstTile, endTile, credited, worker);
          }
        });
    network.workers.run(count, (sample, worker) -> network.list(number + 1, sample, worker));
  }

  private void window(int sample, int firstTile, int endTile, boolean credited, int worker) {
    CpuSpikingNetwork.Scratch own = network.scratch[worker];
    expand(sample, own);
    for (int tile = firstTile; tile < endTile; tile++) {
      float[] trace = own.traces[0];
      integrateTile(sample, tile, own, trace);
      if (credited) {
        network.synapseUpdates[worker][number] += tileCredit(sample, tile, own, trace);
      }
    }
    if (credited) {
      credit.unite(firstTile, endTile, sample);
    }
  }

  /** Expands the inputs of a sample for {@link #integrateTile}. */
  void expand(int sample, CpuSpikingNetwork.Scratch own) {
    if (given().isCounted()) {
      given().expandCounts(sample, own.x);
    } else {
      network.kernels.expand(given(), sample, inputGate(), own.x);
    }
  }

  /** The credit of a tile's window by the trace of its rule; returns what it updates. */
  private long tileCredit(int sample, int tile, CpuSpikingNetwork.Scratch own, float[] trace) {
    if (network.placement.learning().rule().trace() == Trace.MEMBRANE) {
      return EligibilityTrace.credit(
          network.lif,
          trace,
          own.slope,
          gate,
          weights,
          tile,
          credit,
          sample,
          given().spikes,
          sample * steps);
    }
    return network.kernels.credit(
        network.lif,
        trace,
        own.slope,
        gate,
        weights,
        tile,
        signals(),
        signalAt(network.labels[sample], 0, tile),
        false,
        credit,
        sample,
        given().spikes,
        sample * steps);
  }

  /** Currents, membranes and spikes of a tile's window; leaves u in {@code trace}. */
  void integrateTile(int sample, int tile, CpuSpikingNetwork.Scratch own, float[] trace) {
    SpikeTrains given = given();
    network.kernels.integrate(
        own.x,
        given.active,
        sample * given.stride,
        given.activeCount[sample],
        TileKernels.padded(steps),
        weights,
        tile,
        trace);
    network.kernels.membrane(network.lif, trace, own.slope, weights, tile, gate, emitted(), sample);
  }

  /** Gate of the layer's inputs: that of the layer before. */
  private float[] inputGate() {
    return number == 0 ? null : network.placed[number - 1].gate;
  }

  @Override
  void copyEmitted(int sample, float[] target) {
    for (int unit = 0; unit < weights.units; unit++) {
      target[unit] = (float) emitted().count(sample, unit) / steps;
    }
  }

  @Override
  void listRows(InputRows range, int from, int to) {
    range.listSpikes(given(), network.count, from, to);
  }

  @Override
  void learnRows(InputRows range, int firstTile, int endTile, OptimizerStep step) {
    network.kernels.learnSpikes(
        range, inputGate(), network.gain(number), credit, weights, firstTile, endTile, step);
  }
}
