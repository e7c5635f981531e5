package org.raphe.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
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
  final Placement placement;
  final NetworkSpec network;
  final TileKernels kernels;
  final Workers workers;

  /** Hidden layers, then the read-out. */
  final CpuLayer[] placed;

  final int classes;

  /** What reaches hidden units, by the rule. */
  final Signal signal;

  /** [sample][class]. */
  final float[] outputs;

  /** [sample]; null where the gain is 1. */
  final float[] gains;

  final int[] indices;
  final int[] labels;
  Samples samples;
  int count;

  private final InputGate inputGate;
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
    placed = new CpuLayer[depth];
    int batch = placement.batch();
    outputs = new float[batch * classes];
    gains = placement.learning().gain() == SignalGain.SURPRISE ? new float[batch] : null;
    indices = new int[batch];
    labels = new int[batch];
    squaredErrors = new double[batch];
    hits = new boolean[batch];
    inputGate =
        network.mode() == Mode.CLASS_CONTINUAL ? new InputGate(network.input().size()) : null;
    synapseUpdates = new long[workers.count()][depth];
    activeInputs = new long[workers.count()][depth];
    counters = Counters.zero(depth);
  }

  /** Places every layer, first of all that a network does. */
  final void place(IntFunction<CpuLayer> layer) {
    Arrays.setAll(placed, layer);
  }

  @Override
  public final void writeClassSignals(int layer, float[] given) {
    placed[layer].writeSignals(given);
  }

  @Override
  public final Placement placement() {
    return placement;
  }

  @Override
  public final void writeParameters(Parameters parameters) {
    for (int layer = 0; layer < placed.length; layer++) {
      placed[layer].weights.write(parameters.layers().get(layer));
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
    for (CpuLayer layer : placed) {
      state = layer.head() == null ? state : state.and(layer.head().state());
    }
    return state;
  }

  @Override
  public void writeState(NetworkState state) {
    state.checkFits(placement.stateSpecs());
    writeParameters(state.parameters());
    Parameters first = state.firstMoments();
    Parameters second = state.secondMoments();
    for (int layer = 0; layer < placed.length; layer++) {
      placed[layer].weights.writeMoments(first.layers().get(layer), second.layers().get(layer));
      if (placed[layer].head() != null) {
        placed[layer].head().write(state.tensors());
      }
    }
  }

  private Parameters read(Function<TiledLayer, LayerParameters> part) {
    List<LayerParameters> all = new ArrayList<>();
    for (CpuLayer layer : placed) {
      all.add(part.apply(layer.weights));
    }
    return new Parameters(all);
  }

  @Override
  public final PlacedSamples placeSamples(Samples given) {
    placement.checkFits(given);
    return new CpuSamples(given);
  }

  @Override
  public final void beginBatch(PlacedSamples given, int[] order, int from, int size) {
    samples = ((CpuSamples) given).samples();
    count = size;
    System.arraycopy(order, from, indices, 0, size);
    for (int sample = 0; sample < size; sample++) {
      labels[sample] = samples.label(indices[sample]);
    }
    if (inputGate != null) {
      inputGate.average(samples, indices, count);
      for (int layer = 0; layer < placed.length - 1; layer++) {
        inputGate.open(placement.gateMargin(), placed[layer].weights.units, placed[layer].gate);
      }
    }
    batchBegun();
  }

  /** The batch's indices and labels stand. */
  abstract void batchBegun();

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    placed[layer].forward(credit);
  }

  @Override
  public final void answer(int layer) {
    placed[layer].answer();
  }

  @Override
  public float[] readActivity(int layer) {
    int units = placed[layer].shape.units();
    float[] activity = new float[count * units];
    float[] own = new float[units];
    for (int sample = 0; sample < count; sample++) {
      placed[layer].copyEmitted(sample, own);
      System.arraycopy(own, 0, activity, sample * units, units);
    }
    return activity;
  }

  @Override
  public void learn(int layer, OptimizerStep step) {
    placed[layer].learn(step);
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
    int depth = placed.length;
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
    counters = Counters.zero(placed.length);
    return taken;
  }

  @Override
  public final float[] readOutputs() {
    return Arrays.copyOf(outputs, count * classes);
  }

  @Override
  public final float[] readGate(int layer) {
    float[] gate = placed[layer].gate;
    return gate == null ? null : Arrays.copyOf(gate, placed[layer].weights.units);
  }

  /** Nothing outside the Java heap is held. */
  @Override
  public void close() {}
}
