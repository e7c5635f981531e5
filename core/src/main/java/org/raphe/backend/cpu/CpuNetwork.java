package org.raphe.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.PredictedClass;
import org.raphe.data.Samples;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.SignalGain;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.rule.Signal;

/**
 * What spiking and rate networks share on the CPU: layers, the batch at hand, gates, learning and
 * counters.
 */
abstract class CpuNetwork implements PlacedNetwork {
  /**
   * Tiles whose weights fit a core's own cache together, so that they share a sample's expanded
   * input.
   */
  static final int TILE_GROUP = 4;

  final Placement placement;
  final NetworkSpec network;
  final TileKernels kernels;
  final Workers workers;
  final TiledLayer[] layers;
  final Credit[] credits;
  final int classes;

  /** What reaches hidden units, by the rule. */
  final Signal signal;

  /** [layer] K x paddedUnits; null where the layer has no class signal. */
  final float[][] signals;

  /** [layer] B or Q transposed, K x paddedUnits; null where the rule has none. */
  private final float[][] feedback;

  /** [layer] null where the layer has no head that learns. */
  private final LearnedHead[] heads;

  /** [layer] paddedUnits; null without a gate. */
  final float[][] gates;

  /** [sample][class]. */
  final float[] outputs;

  /** [sample]; null where the gain is 1. */
  final float[] gains;

  final int[] indices;
  final int[] labels;
  Samples samples;
  int count;

  private final InputGate inputGate;
  private final InputRows[] rows;
  private final double[] squaredErrors;
  private final boolean[] hits;
  private Counters counters;

  /** [worker][layer]. */
  final long[][] synapseUpdates;

  final long[][] activeInputs;

  CpuNetwork(Placement placement, TileKernels kernels, Workers workers) {
    this.placement = placement;
    this.kernels = kernels;
    this.workers = workers;
    network = placement.network();
    signal = placement.learning().rule().signal();
    classes = network.classes();
    int depth = network.layers().size();
    layers = new TiledLayer[depth];
    credits = new Credit[depth];
    signals = new float[depth][];
    gates = new float[depth][];
    feedback = new float[depth][];
    heads = new LearnedHead[depth];
    for (int layer = 0; layer < depth; layer++) {
      layers[layer] = new TiledLayer(network.layers().get(layer));
      placeLayer(layer);
    }
    int batch = placement.batch();
    outputs = new float[batch * classes];
    gains = placement.learning().gain() == SignalGain.SURPRISE ? new float[batch] : null;
    indices = new int[batch];
    labels = new int[batch];
    squaredErrors = new double[batch];
    hits = new boolean[batch];
    inputGate =
        network.mode() == Mode.CLASS_CONTINUAL ? new InputGate(network.input().size()) : null;
    rows = new InputRows[workers.count()];
    Arrays.setAll(rows, k -> new InputRows());
    synapseUpdates = new long[workers.count()][depth];
    activeInputs = new long[workers.count()][depth];
    counters = Counters.zero(depth);
  }

  private void placeLayer(int layer) {
    TiledLayer placed = layers[layer];
    boolean readout = network.isReadout(layer);
    boolean credited = !readout && signal.isCredited();
    if (readout || credited) {
      credits[layer] = new Credit(placed, placement.batch(), placement.steps());
    }
    if (credited) {
      float[] values =
          signal instanceof Signal.OfClass known
              ? known.table(network, layer, placement.seed())
              : Signal.ones(network, layer);
      signals[layer] = placed.padRows(values, classes);
    }
    if (!readout && signal instanceof Signal.OfOutputs answering) {
      float[] values = answering.feedback(network, layer, placement.seed());
      feedback[layer] = placed.padRows(values, classes);
    }
    if (!readout && signal instanceof Signal.HeadError error && error.learned()) {
      heads[layer] = new LearnedHead(Signal.HeadError.head(network, layer), placement.batch());
      feedback[layer] = heads[layer].weights;
    }
    if (!readout && network.mode() == Mode.CLASS_CONTINUAL) {
      gates[layer] = new float[placed.paddedUnits];
    }
  }

  @Override
  public final void writeClassSignals(int layer, float[] given) {
    signals[layer] = layers[layer].padRows(given, classes);
  }

  @Override
  public final Placement placement() {
    return placement;
  }

  @Override
  public final void writeParameters(Parameters parameters) {
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer].write(parameters.layers().get(layer));
    }
  }

  @Override
  public final Parameters readParameters() {
    return read(TiledLayer::read);
  }

  @Override
  public NetworkState readState() {
    NetworkState state =
        NetworkState.of(
            network,
            readParameters(),
            read(TiledLayer::readFirstMoments),
            read(TiledLayer::readSecondMoments));
    for (LearnedHead head : heads) {
      state = head == null ? state : state.and(head.state());
    }
    return state;
  }

  @Override
  public void writeState(NetworkState state) {
    state.checkFits(placement.stateSpecs());
    writeParameters(state.parameters());
    Parameters first = state.firstMoments();
    Parameters second = state.secondMoments();
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer].writeMoments(first.layers().get(layer), second.layers().get(layer));
      if (heads[layer] != null) {
        heads[layer].write(state.tensors());
      }
    }
  }

  private Parameters read(Function<TiledLayer, LayerParameters> part) {
    List<LayerParameters> all = new ArrayList<>();
    for (TiledLayer layer : layers) {
      all.add(part.apply(layer));
    }
    return new Parameters(all);
  }

  @Override
  public final PlacedSamples placeSamples(Samples given) {
    placement.checkFits(given);
    return new CpuSamples(given);
  }

  @Override
  public final void beginBatch(PlacedSamples placed, int[] order, int from, int size) {
    samples = ((CpuSamples) placed).samples();
    count = size;
    System.arraycopy(order, from, indices, 0, size);
    for (int sample = 0; sample < size; sample++) {
      labels[sample] = samples.label(indices[sample]);
    }
    if (inputGate != null) {
      inputGate.average(samples, indices, count);
      for (int layer = 0; layer < layers.length - 1; layer++) {
        inputGate.open(placement.gateMargin(), layers[layer].units, gates[layer]);
      }
    }
    batchBegun();
  }

  /** The batch's indices and labels stand. */
  abstract void batchBegun();

  /** Lists, for learning, where inputs {@code from..to-1} of {@code layer} were not 0. */
  abstract void listRows(int layer, InputRows range, int from, int to);

  /** Learns the weights of {@code range} in tiles {@code firstTile..endTile-1}, a group. */
  abstract void learnRows(
      int layer, InputRows range, int firstTile, int endTile, OptimizerStep step);

  @Override
  public final void answer(int layer) {
    TiledLayer placed = layers[layer];
    LearnedHead head = heads[layer];
    int stride = head == null ? placed.paddedUnits : head.stride;
    workers.run(
        count,
        (sample, worker) -> {
          float[] own = new float[placed.paddedUnits + 1];
          float[] answered = new float[placed.paddedUnits];
          float[] error = new float[classes];
          copyOutput(layer, sample, own);
          HiddenAnswer.signal(
              (Signal.OfOutputs) signal,
              own,
              placed.units,
              outputs,
              sample * classes,
              labels[sample],
              feedback[layer],
              stride,
              error,
              answered);
          if (head != null) {
            head.note(sample, own, error);
          }
          for (int tile = 0; tile < placed.tiles; tile++) {
            credits[layer].answer(tile, sample, answered);
          }
        });
  }

  /** Copies what a hidden layer's units emitted for a sample: rates over the window, or values. */
  abstract void copyOutput(int layer, int sample, float[] target);

  @Override
  public float[] readActivity(int layer) {
    int units = layers[layer].units;
    float[] activity = new float[count * units];
    float[] own = new float[layers[layer].paddedUnits + 1];
    for (int sample = 0; sample < count; sample++) {
      copyOutput(layer, sample, own);
      System.arraycopy(own, 0, activity, sample * units, units);
    }
    return activity;
  }

  @Override
  public void learn(int layer, OptimizerStep step) {
    if (heads[layer] != null) {
      workers.run(classes, (label, worker) -> heads[layer].learn(label, count, step));
    }
    TiledLayer placed = layers[layer];
    int ranges = (placed.inputs + InputRows.RANGE - 1) / InputRows.RANGE;
    int groups = groups(placed);
    workers.run(
        ranges * groups,
        (item, worker) -> {
          int from = item / groups * InputRows.RANGE;
          listRows(layer, rows[worker], from, Math.min(placed.inputs, from + InputRows.RANGE));
          int end = Math.min(placed.tiles, (item % groups + 1) * TILE_GROUP);
          int firstTile = item % groups * TILE_GROUP;
          learnRows(layer, rows[worker], firstTile, end, step);
          if (from == 0 && placed.biased) {
            for (int tile = firstTile; tile < end; tile++) {
              kernels.learnBiases(credits[layer], gain(layer), count, placed, tile, step);
            }
          }
        });
  }

  static int groups(TiledLayer layer) {
    return (layer.tiles + TILE_GROUP - 1) / TILE_GROUP;
  }

  /** Gains of the samples for what {@code layer} learns; null for 1. */
  final float[] gain(int layer) {
    return network.isReadout(layer) ? null : gains;
  }

  /**
   * Notes how surprising a sample is.
   *
   * @param probability the read-out's probability of the expected class
   */
  final void surprise(int sample, float probability) {
    gains[sample] = Math.max(1f - probability, SignalGain.LEAST);
  }

  /** Notes one sample's outputs, which stand in {@link #outputs}. */
  final void score(int sample) {
    int at = sample * classes;
    hits[sample] = PredictedClass.of(outputs, at, classes) == labels[sample];
    squaredErrors[sample] = ReadoutError.squared(outputs, at, classes, labels[sample]);
  }

  /** Adds the batch to the counters, samples ascending. */
  final void countBatch() {
    long batchHits = 0;
    double batchError = 0;
    for (int sample = 0; sample < count; sample++) {
      batchHits += hits[sample] ? 1 : 0;
      batchError += squaredErrors[sample];
    }
    int depth = layers.length;
    counters =
        counters.plus(new Counters(count, batchHits, batchError, new long[depth], new long[depth]));
  }

  @Override
  public final Counters takeCounters() {
    Counters taken = counters;
    for (int worker = 0; worker < workers.count(); worker++) {
      taken =
          taken.plus(
              new Counters(0, 0, 0, activeInputs[worker].clone(), synapseUpdates[worker].clone()));
      Arrays.fill(activeInputs[worker], 0);
      Arrays.fill(synapseUpdates[worker], 0);
    }
    counters = Counters.zero(layers.length);
    return taken;
  }

  @Override
  public final float[] readOutputs() {
    return Arrays.copyOf(outputs, count * classes);
  }

  @Override
  public final float[] readGate(int layer) {
    return gates[layer] == null ? null : Arrays.copyOf(gates[layer], layers[layer].units);
  }

  /** Nothing outside the Java heap is held. */
  @Override
  public void close() {}
}
