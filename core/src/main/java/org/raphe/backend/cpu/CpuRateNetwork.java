package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.backend.Placement;
import org.raphe.learning.ReadoutLoss;

/** A network of rate units on the CPU. */
class CpuRateNetwork extends CpuNetwork {

  /** [0] is the input, [layer+1] what layer emits: [sample][stride]. */
  final float[][] values;

  final int[] strides;
  final Scratch[] scratch;
  private final RateDense readout;

  /** One worker's memory. */
  static final class Scratch {
    final float[][] z;
    final float[] signal;
    final float[] probability;

    Scratch(TiledLayer readout, int classes) {
      z = new float[readout.tiles][SampleGroup.SIZE * readout.width];
      signal = new float[readout.paddedUnits];
      probability = new float[classes];
    }
  }

  CpuRateNetwork(Placement placement, TileKernels kernels, Workers workers) {
    super(placement, kernels, workers);
    int batch = placement.batch();
    place(this::placeLayer);
    readout = (RateDense) placed[placed.length - 1];
    values = new float[placed.length][];
    strides = new int[placed.length];
    for (int layer = 0; layer < placed.length; layer++) {
      strides[layer] = layer == 0 ? network.input().size() : placed[layer - 1].outputStride();
      values[layer] = new float[Math.multiplyExact(batch, strides[layer])];
    }
    scratch = new Scratch[workers.count()];
    Arrays.setAll(scratch, k -> new Scratch(readout.weights, classes));
  }

  private CpuLayer placeLayer(int layer) {
    return network
        .layers()
        .get(layer)
        .convolution()
        .<CpuLayer>map(form -> new RateConvolution(this, layer, form))
        .orElseGet(() -> new RateDense(this, layer));
  }

  @Override
  void batchBegun() {
    workers.run(
        count,
        (sample, worker) -> samples.copyFeatures(indices[sample], values[0], sample * strides[0]));
  }

  @Override
  public void drawSpikes(int stream) {
    throw new IllegalStateException("rate units draw no spikes");
  }

  @Override
  public void writeInputSpikes(int[] trains) {
    throw new IllegalStateException("rate units take no spikes");
  }

  /**
   * Turns the currents of a tile's units at neighbouring sites into what they emit, in place; with
   * {@code credited} also their credits. A layer of several tiles takes one site at a time.
   */
  void activate(
      CpuLayer layer,
      int tile,
      int sample,
      int site,
      int sites,
      float[] z,
      int at,
      boolean credited) {
    TiledLayer weights = layer.weights;
    kernels.rateUnits(
        network.activation(),
        z,
        at,
        sites * weights.width,
        layer.gate,
        tile * weights.width,
        credited ? layer.signals() : null,
        layer.signalAt(labels[sample], site, tile),
        credited ? layer.credit.values : null,
        credited ? layer.credit.at(tile, sample * layer.sites + site) : 0);
  }

  /** Notes whether a tile has a credit; returns how many of its units have one. */
  final int markAlive(Credit credit, int tile, int sample) {
    int found = kernels.countNotZero(credit.values, credit.at(tile, sample), credit.width);
    credit.alive[credit.aliveAt(tile, sample)] = found == 0 ? 0 : 1;
    return found;
  }

  @Override
  public void readout(boolean credit) {
    int sampleGroupCount = readout.transpose();
    workers.run(
        sampleGroupCount,
        (item, worker) -> {
          for (int tile = 0; tile < readout.weights.tiles; tile++) {
            readout.integrate(item, item + 1, tile, scratch[worker].z[tile]);
          }
          int first = item * SampleGroup.SIZE;
          for (int sample = first; sample < Math.min(count, first + SampleGroup.SIZE); sample++) {
            readoutSample(sample, (sample - first) * readout.weights.width, credit, worker);
          }
        });
    countBatch();
  }

  private void readoutSample(int sample, int zAt, boolean credit, int worker) {
    TiledLayer weights = readout.weights;
    Scratch own = scratch[worker];
    ReadoutLoss loss = placement.learning().loss();
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    int at = sample * classes;
    for (int k = 0; k < classes; k++) {
      float z = own.z[k / weights.width][zAt + k % weights.width];
      outputs[at + k] = softmax ? z : ElementaryFunctions.logistic(z);
    }
    if (softmax) {
      ReadoutError.softmax(outputs, at, classes, loss.scale(), own.probability);
      System.arraycopy(own.probability, 0, outputs, at, classes);
    }
    score(sample);
    if (!credit) {
      return;
    }
    if (gains != null) {
      if (!softmax) {
        ReadoutError.softmax(outputs, at, classes, loss.scale(), own.probability);
      }
      surprise(sample, own.probability[labels[sample]]);
    }
    float factor = loss.factor(count, classes, 1);
    ReadoutError.signal(outputs, at, classes, labels[sample], factor, own.signal);
    int layer = placed.length - 1;
    Credit credits = readout.credit;
    for (int tile = 0; tile < weights.tiles; tile++) {
      for (int lane = 0; lane < weights.width; lane++) {
        int k = tile * weights.width + lane;
        float y = k < classes ? outputs[at + k] : 0f;
        float slope = softmax ? 1f : y * (1f - y);
        credits.values[credits.at(tile, sample) + lane] = k < classes ? own.signal[k] * slope : 0f;
      }
      synapseUpdates[worker][layer] +=
          (long) markAlive(credits, tile, sample) * readout.activeCount[sample];
    }
  }

  @Override
  public int[] readSpikeTrains(int layer) {
    throw new IllegalStateException("rate units emit no spikes");
  }
}
