package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.LifDynamics;
import org.raphe.network.Mode;
import org.raphe.random.Philox;
import org.raphe.rule.Trace;

/** A network of LIF units on the CPU. */
final class CpuSpikingNetwork extends CpuNetwork {
  /** Samples of an item where a layer has too few tiles to share out. */
  private static final int SAMPLE_BLOCK = 2;

  private static final int ENOUGH_GROUPS = 4;

  private final LifDynamics lif;
  private final int steps;

  /** [0] is the input, [layer+1] what layer emits. */
  private final SpikeTrains[] trains;

  private final Scratch[] scratch;
  private final int[] pixelThresholds;

  /** One worker's memory. */
  private static final class Scratch {
    final float[] x;
    final float[][] traces;
    final float[] slope;
    final float[] signal;
    final float[] probability;
    final int[] thresholds;

    Scratch(CpuSpikingNetwork owner) {
      int columns = TileKernels.padded(owner.steps);
      int widest = 0;
      for (SpikeTrains given : owner.trains) {
        widest = Math.max(widest, given.stride);
      }
      TiledLayer readout = owner.layers[owner.layers.length - 1];
      x = new float[Math.addExact(Math.multiplyExact(widest, columns), TileKernels.SLACK)];
      traces = new float[readout.tiles][columns * 64];
      slope = new float[columns * 64];
      signal = new float[readout.paddedUnits];
      probability = new float[owner.classes];
      thresholds = new int[owner.network.input().size()];
    }
  }

  CpuSpikingNetwork(Placement placement, TileKernels kernels, Workers workers) {
    super(placement, kernels, workers);
    lif = LifDynamics.of(network.mode());
    steps = placement.steps();
    trains = new SpikeTrains[layers.length + 1];
    trains[0] =
        new SpikeTrains(placement.batch(), network.input().size(), network.input().size(), steps);
    for (int layer = 0; layer < layers.length; layer++) {
      trains[layer + 1] =
          new SpikeTrains(placement.batch(), layers[layer].units, layers[layer].paddedUnits, steps);
    }
    scratch = new Scratch[workers.count()];
    Arrays.setAll(scratch, k -> new Scratch(this));
    pixelThresholds = new int[256];
    Arrays.setAll(pixelThresholds, k -> Philox.threshold(k / 255f / placement.inputScale()));
  }

  @Override
  void batchBegun() {}

  @Override
  public void drawSpikes(int stream) {
    float lowest = 0f;
    float span = placement.inputScale();
    if (network.mode() == Mode.CLASS_CONTINUAL) {
      float[] range = rangeOfBatch();
      lowest = range[0];
      span = range[1] - range[0];
    }
    float from = lowest;
    float scale = span;
    workers.run(
        count,
        (sample, worker) -> {
          int[] thresholds = scratch[worker].thresholds;
          fillThresholds(indices[sample], from, scale, thresholds);
          kernels.drawSpikes(
              placement.seed(),
              stream,
              indices[sample],
              thresholds,
              thresholds.length,
              trains[0],
              sample);
          list(0, sample, worker);
        });
  }

  /** Smallest and largest feature of the batch. */
  private float[] rangeOfBatch() {
    float[] range = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int sample = 0; sample < count; sample++) {
      for (int input = 0; input < layers[0].inputs; input++) {
        float x = samples.feature(indices[sample], input);
        range[0] = Math.min(range[0], x);
        range[1] = Math.max(range[1], x);
      }
    }
    return range;
  }

  private void fillThresholds(int id, float lowest, float span, int[] thresholds) {
    int width = thresholds.length;
    if (samples.hasPixels() && lowest == 0f && span == placement.inputScale()) {
      byte[] pixels = samples.pixels();
      for (int input = 0; input < width; input++) {
        thresholds[input] = pixelThresholds[pixels[id * width + input] & 0xff];
      }
      return;
    }
    for (int input = 0; input < width; input++) {
      thresholds[input] = Philox.threshold((samples.feature(id, input) - lowest) / span);
    }
  }

  @Override
  public void writeInputSpikes(int[] recorded) {
    SpikeTrains input = trains[0];
    for (int k = 0; k < recorded.length; k++) {
      int left = steps - 32 * (k / input.stride % input.words);
      input.trains[k] = left >= 32 ? recorded[k] : recorded[k] & ((1 << left) - 1);
    }
    workers.run(count, (sample, worker) -> list(0, sample, worker));
  }

  private void list(int layer, int sample, int worker) {
    SpikeTrains given = trains[layer];
    given.list(sample);
    kernels.countSpikes(given, sample);
    long total = 0;
    for (int t = 0; t < steps; t++) {
      total += given.spikes[sample * steps + t];
    }
    activeInputs[worker][layer] += total;
  }

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    TiledLayer placed = layers[layer];
    int groups = groups(placed);
    int blockSize = groups >= ENOUGH_GROUPS ? count : SAMPLE_BLOCK;
    int blocks = (count + blockSize - 1) / blockSize;
    workers.run(
        groups * blocks,
        (item, worker) -> {
          int firstTile = item % groups * TILE_GROUP;
          int endTile = Math.min(placed.tiles, firstTile + TILE_GROUP);
          int end = Math.min(count, (item / groups + 1) * blockSize);
          for (int sample = item / groups * blockSize; sample < end; sample++) {
            window(layer, sample, firstTile, endTile, credit, worker);
          }
        });
    workers.run(count, (sample, worker) -> list(layer + 1, sample, worker));
  }

  private void window(
      int layer, int sample, int firstTile, int endTile, boolean credit, int worker) {
    Scratch own = scratch[worker];
    kernels.expand(trains[layer], sample, inputGate(layer), own.x);
    for (int tile = firstTile; tile < endTile; tile++) {
      float[] trace = own.traces[0];
      integrateTile(layer, sample, tile, own, trace);
      if (credit) {
        synapseUpdates[worker][layer] += tileCredit(layer, sample, tile, own, trace);
      }
    }
    if (credit) {
      credits[layer].unite(firstTile, endTile, sample);
    }
  }

  /** The credit of a tile's window by the trace of its rule; returns what it updates. */
  private long tileCredit(int layer, int sample, int tile, Scratch own, float[] trace) {
    TiledLayer placed = layers[layer];
    if (placement.learning().rule().trace() == Trace.MEMBRANE) {
      return EligibilityTrace.credit(
          lif,
          trace,
          own.slope,
          gates[layer],
          placed,
          tile,
          credits[layer],
          sample,
          trains[layer].spikes,
          sample * steps);
    }
    return kernels.credit(
        lif,
        trace,
        own.slope,
        gates[layer],
        placed,
        tile,
        signals[layer],
        labels[sample] * placed.paddedUnits + tile * placed.width,
        false,
        credits[layer],
        sample,
        trains[layer].spikes,
        sample * steps);
  }

  private void integrateTile(int layer, int sample, int tile, Scratch own, float[] trace) {
    SpikeTrains given = trains[layer];
    kernels.integrate(
        own.x,
        given.active,
        sample * given.stride,
        given.activeCount[sample],
        TileKernels.padded(steps),
        layers[layer],
        tile,
        trace);
    kernels.membrane(
        lif, trace, own.slope, layers[layer], tile, gates[layer], trains[layer + 1], sample);
  }

  /** Gate of a layer's inputs: that of the layer before. */
  private float[] inputGate(int layer) {
    return layer == 0 ? null : gates[layer - 1];
  }

  @Override
  public void readout(boolean credit) {
    int layer = layers.length - 1;
    ReadoutLoss loss = placement.learning().loss();
    float factor = loss.factor(count, classes, steps);
    workers.run(
        count,
        (sample, worker) -> {
          Scratch own = scratch[worker];
          kernels.expand(trains[layer], sample, inputGate(layer), own.x);
          for (int tile = 0; tile < layers[layer].tiles; tile++) {
            integrateTile(layer, sample, tile, own, own.traces[tile]);
          }
          int at = sample * classes;
          for (int k = 0; k < classes; k++) {
            outputs[at + k] = (float) trains[layer + 1].count(sample, k) / steps;
          }
          score(sample);
          if (credit) {
            readoutCredit(loss, factor, sample, worker);
          }
        });
    countBatch();
  }

  private void readoutCredit(ReadoutLoss loss, float factor, int sample, int worker) {
    Scratch own = scratch[worker];
    int at = sample * classes;
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    if (softmax || gains != null) {
      ReadoutError.softmax(outputs, at, classes, loss.scale(), own.probability);
    }
    if (gains != null) {
      surprise(sample, own.probability[labels[sample]]);
    }
    if (softmax) {
      ReadoutError.signal(own.probability, 0, classes, labels[sample], factor, own.signal);
    } else {
      ReadoutError.signal(outputs, at, classes, labels[sample], factor, own.signal);
    }
    if (loss.credit() == ReadoutLoss.Credit.DIRECT) {
      directCredit(own.signal, sample, worker);
    } else {
      chainCredit(own, loss.kind() != ReadoutLoss.Kind.LAST_STEP, sample, worker);
    }
  }

  /** Through spike and reset. */
  private void chainCredit(Scratch own, boolean everyStep, int sample, int worker) {
    int layer = layers.length - 1;
    for (int tile = 0; tile < layers[layer].tiles; tile++) {
      synapseUpdates[worker][layer] +=
          kernels.credit(
              lif,
              own.traces[tile],
              own.slope,
              null,
              layers[layer],
              tile,
              own.signal,
              tile * layers[layer].width,
              everyStep,
              credits[layer],
              sample,
              trains[layer].spikes,
              sample * steps);
    }
    for (int tile = 0; tile < layers[layer].tiles; tile += TILE_GROUP) {
      credits[layer].unite(tile, Math.min(layers[layer].tiles, tile + TILE_GROUP), sample);
    }
  }

  /** The delta rule: every step's credit is the signal. */
  private void directCredit(float[] signal, int sample, int worker) {
    int layer = layers.length - 1;
    Credit credit = credits[layer];
    int notZero = 0;
    for (int k = 0; k < classes; k++) {
      notZero += signal[k] != 0f ? 1 : 0;
    }
    for (int tile = 0; tile < layers[layer].tiles; tile++) {
      for (int t = 0; t < steps; t++) {
        System.arraycopy(
            signal,
            tile * credit.width,
            credit.values,
            credit.at(tile, sample) + t * credit.width,
            credit.width);
      }
      for (int word = 0; word < credit.words; word++) {
        int window = steps - 32 * word;
        credit.alive[credit.aliveAt(tile, sample) + word] = window >= 32 ? -1 : (1 << window) - 1;
      }
    }
    for (int t = 0; t < steps; t++) {
      synapseUpdates[worker][layer] += (long) notZero * trains[layer].spikes[sample * steps + t];
    }
  }

  @Override
  void copyOutput(int layer, int sample, float[] target) {
    for (int unit = 0; unit < layers[layer].units; unit++) {
      target[unit] = (float) trains[layer + 1].count(sample, unit) / steps;
    }
  }

  @Override
  void listRows(int layer, InputRows range, int from, int to) {
    range.listSpikes(trains[layer], count, from, to);
  }

  @Override
  void learnRows(int layer, InputRows range, int firstTile, int endTile, OptimizerStep step) {
    kernels.learnSpikes(
        range,
        inputGate(layer),
        gain(layer),
        credits[layer],
        layers[layer],
        firstTile,
        endTile,
        step);
  }

  @Override
  public int[] readSpikeTrains(int layer) {
    int units = layers[layer].units;
    SpikeTrains emitted = trains[layer + 1];
    int rows = count * emitted.words;
    int[] copied = new int[Math.multiplyExact(rows, units)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(emitted.trains, row * emitted.stride, copied, row * units, units);
    }
    return copied;
  }
}
