package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.Placement;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.LifDynamics;
import org.raphe.network.Mode;
import org.raphe.random.Philox;

/** A network of LIF units on the CPU. */
final class CpuSpikingNetwork extends CpuNetwork {
  final LifDynamics lif;
  private final int steps;

  /** [0] is the input, [layer+1] what layer emits. */
  final SpikeTrains[] trains;

  final Scratch[] scratch;
  private final SpikingDense readout;
  private final int[] pixelThresholds;

  /** One worker's memory. */
  static final class Scratch {
    final float[] x;
    final float[][] traces;
    final float[] slope;
    final float[] signal;
    final float[] probability;
    final int[] thresholds;

    Scratch(CpuSpikingNetwork owner) {
      int columns = TileKernels.padded(owner.steps);
      int widest = 0;
      for (CpuLayer layer : owner.placed) {
        widest = Math.max(widest, layer.weights.inputs);
      }
      TiledLayer readout = owner.readout.weights;
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
    place(this::placeLayer);
    readout = (SpikingDense) placed[placed.length - 1];
    trains = new SpikeTrains[placed.length + 1];
    trains[0] =
        new SpikeTrains(placement.batch(), network.input().size(), network.input().size(), steps);
    for (int layer = 0; layer < placed.length; layer++) {
      CpuLayer below = placed[layer];
      trains[layer + 1] =
          new SpikeTrains(
              placement.batch(),
              below.shape.outputs(),
              below.outputStride(),
              steps,
              below.shape.pooled());
    }
    scratch = new Scratch[workers.count()];
    Arrays.setAll(scratch, k -> new Scratch(this));
    pixelThresholds = new int[256];
    Arrays.setAll(pixelThresholds, k -> Philox.threshold(k / 255f / placement.inputScale()));
  }

  private CpuLayer placeLayer(int layer) {
    return network
        .layers()
        .get(layer)
        .convolution()
        .<CpuLayer>map(form -> new SpikingConvolution(this, layer, form))
        .orElseGet(() -> new SpikingDense(this, layer));
  }

  private SpikingLayer layer(int number) {
    return (SpikingLayer) placed[number];
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
      for (int input = 0; input < network.input().size(); input++) {
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

  /** Lists and counts the spikes of a sample that {@code layer} is given. */
  void list(int layer, int sample, int worker) {
    SpikeTrains given = trains[layer];
    given.list(sample);
    kernels.countSpikes(given, sample);
    activeInputs[worker][layer] += layer(layer).activeInputs(sample);
  }

  @Override
  public void readout(boolean credit) {
    int layer = placed.length - 1;
    ReadoutLoss loss = placement.learning().loss();
    float factor = loss.factor(count, classes, steps);
    workers.run(
        count,
        (sample, worker) -> {
          Scratch own = scratch[worker];
          readout.expand(sample, own);
          for (int tile = 0; tile < readout.weights.tiles; tile++) {
            readout.integrateTile(sample, tile, own, own.traces[tile]);
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
    int layer = placed.length - 1;
    TiledLayer weights = readout.weights;
    for (int tile = 0; tile < weights.tiles; tile++) {
      synapseUpdates[worker][layer] +=
          kernels.credit(
              lif,
              own.traces[tile],
              own.slope,
              null,
              weights,
              tile,
              own.signal,
              tile * weights.width,
              everyStep,
              readout.credit,
              sample,
              trains[layer].spikes,
              sample * steps);
    }
    for (int tile = 0; tile < weights.tiles; tile += DenseLayer.TILE_GROUP) {
      readout.credit.unite(tile, Math.min(weights.tiles, tile + DenseLayer.TILE_GROUP), sample);
    }
  }

  /** The delta rule: every step's credit is the signal. */
  private void directCredit(float[] signal, int sample, int worker) {
    int layer = placed.length - 1;
    Credit credit = readout.credit;
    int notZero = 0;
    for (int k = 0; k < classes; k++) {
      notZero += signal[k] != 0f ? 1 : 0;
    }
    for (int tile = 0; tile < readout.weights.tiles; tile++) {
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
  public int[] readSpikeTrains(int layer) {
    SpikingLayer emitting = layer(layer);
    int units = placed[layer].shape.units();
    int words = trains[0].words;
    int[] copied = new int[Math.multiplyExact(count * words, units)];
    for (int k = 0; k < copied.length; k++) {
      copied[k] = emitting.train(k / units / words, k / units % words, k % units);
    }
    return copied;
  }
}
