package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.raphe.InputException;
import org.raphe.backend.Consolidation;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LayerStep;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.ContinualBackPropagation;
import org.raphe.rule.ElasticWeightConsolidation;

/**
 * A network that learns a batch as a whole on the engine, by {@link Backpropagation}, and shows
 * samples without learning on a network of the CPU backend that is given its parameters.
 *
 * <p>Everything that a batch makes in native memory ends with it. Training counters hold samples,
 * hits and errors; operations are not counted but follow from {@link
 * org.raphe.cost.BackpropagationCost}.
 */
final class EnginePlacedNetwork implements PlacedNetwork {
  private final Placement placement;
  private final PlacedNetwork host;
  private final NDManager manager;
  private final List<TrainedLayer> layers = new ArrayList<>();
  private final LocalLearning below;
  private final Backpropagation backpropagation;
  private final InputSpikes spikes;
  private final ElasticConsolidation consolidation;
  private final ContinualBackPropagation continual;
  private final UnitReplacement replacement;
  private double consolidationSeconds;
  private EngineSamples samples;
  private int[] indices;
  private int from;
  private int count;
  private int stream;
  private boolean hostCurrent;
  private float[] outputs;
  private Counters counters;

  /**
   * Places a network.
   *
   * @param host the same on the CPU backend; closed with this one
   */
  EnginePlacedNetwork(Placement placement, PlacedNetwork host, int threads) {
    this.placement = placement;
    this.host = host;
    manager = PyTorchEngine.open(threads, 0);
    for (Layer shape : placement.network().layers()) {
      layers.add(TrainedLayer.place(manager, shape, DataType.FLOAT32));
    }
    below = LocalLearning.of(placement, manager);
    backpropagation = Backpropagation.of(placement, placement.learning().loss(), below);
    consolidation =
        placement.learning().rule() instanceof ElasticWeightConsolidation ewc
            ? new ElasticConsolidation(ewc.lambda(), layers)
            : null;
    continual = placement.learning().rule() instanceof ContinualBackPropagation rule ? rule : null;
    replacement =
        continual == null
            ? null
            : new UnitReplacement(continual, placement.network(), placement.seed());
    spikes = new InputSpikes(placement.seed(), placement.steps(), placement.inputScale());
    counters = Counters.zero(layers.size());
  }

  @Override
  public Placement placement() {
    return placement;
  }

  @Override
  public void writeParameters(Parameters parameters) {
    for (int layer = 0; layer < layers.size(); layer++) {
      layers.get(layer).write(parameters.layers().get(layer));
    }
    hostCurrent = false;
  }

  @Override
  public Parameters readParameters() {
    return read(TrainedLayer::read);
  }

  @Override
  public NetworkState readState() {
    NetworkState learned =
        NetworkState.of(
                placement.network(),
                readParameters(),
                read(TrainedLayer::readFirstMoments),
                read(TrainedLayer::readSecondMoments))
            .and(below.state());
    NetworkState all =
        consolidation == null ? learned : learned.and(kept().state(placement.network()));
    return replacement == null ? all : all.and(replacement.state());
  }

  @Override
  public void writeState(NetworkState state) {
    state.checkFits(EngineBackend.begun(placement).tensors().specs());
    writeParameters(state.parameters());
    Parameters first = state.firstMoments();
    Parameters second = state.secondMoments();
    for (int layer = 0; layer < layers.size(); layer++) {
      layers.get(layer).writeMoments(first.layers().get(layer), second.layers().get(layer));
    }
    below.write(state.tensors());
    if (consolidation != null) {
      Consolidation past = Consolidation.in(state);
      consolidation.write(past.fisher(), past.anchors(), past.samples());
      consolidationSeconds = past.seconds();
    }
    if (replacement != null) {
      replacement.write(state);
    }
  }

  private Consolidation kept() {
    return new Consolidation(
        consolidation.fisher(),
        consolidation.anchors(),
        consolidation.samples(),
        consolidationSeconds);
  }

  /** Descent on a penalty lambda/2 F (w - a)^2 grows without bound where rate lambda F > 2. */
  @Override
  public String divergenceAdvice() {
    String rate = PlacedNetwork.super.divergenceAdvice();
    return consolidation == null || consolidation.samples() == 0
        ? rate
        : rate
            + " or lambda of elastic weight consolidation: their product times the largest Fisher information, "
            + kept().largestFisher()
            + ", must stay below 2 under sgd";
  }

  private Parameters read(Function<TrainedLayer, LayerParameters> part) {
    return new Parameters(layers.stream().map(part).toList());
  }

  @Override
  public PlacedSamples placeSamples(Samples given) {
    return new EngineSamples(given, host.placeSamples(given));
  }

  @Override
  public void beginBatch(PlacedSamples placed, int[] order, int first, int size) {
    samples = (EngineSamples) placed;
    indices = order;
    from = first;
    count = size;
  }

  /** Notes the stream; the engine and the host draw the same spikes when they need them. */
  @Override
  public void drawSpikes(int number) {
    stream = number;
  }

  @Override
  public void train(BatchStep step) {
    if (!step.isAlike()) {
      throw new InputException(
          "back-propagation learns all layers together: none can take a step of its own");
    }
    LayerStep all = step.readout();
    EngineBatch shown = shown();
    try (NDManager batch = manager.newSubManager()) {
      layers.forEach(layer -> layer.lendTo(batch));
      below.lendTo(batch);
      Backpropagation.Pass pass =
          backpropagation.pass(layers, shown.inputs(batch), shown.onehot(batch));
      List<NDList> gradients = pass.gradients();
      if (consolidation != null) {
        consolidation.lendTo(batch);
        consolidation.addPenalty(layers, gradients);
      }
      if (continual != null && continual.weightDecay() > 0) {
        decay(gradients);
      }
      for (int layer = 0; layer < layers.size(); layer++) {
        boolean readout = placement.network().isReadout(layer);
        layers
            .get(layer)
            .update(
                gradients.get(layer),
                placement.learning().optimizer(readout).step(all.number(), all.rateFactor()));
      }
      below.learn(placement.learning().optimizer(false).step(all.number(), all.rateFactor()));
      if (replacement != null && continual.replacementRate() > 0) {
        replacement.learned(layers, pass.hidden());
      }
      outputs = pass.outputs().toFloatArray();
    }
    hostCurrent = false;
    score(shown);
  }

  /** L2: each weight's gradient has lambda w added. */
  private void decay(List<NDList> gradients) {
    for (int layer = 0; layer < layers.size(); layer++) {
      try (NDArray pull = layers.get(layer).weight.mul(continual.weightDecay())) {
        gradients.get(layer).get(0).addi(pull);
      }
    }
  }

  private EngineBatch shown() {
    return new EngineBatch(
        placement.network().neuron(), spikes, samples.samples(), indices, from, count, stream);
  }

  @Override
  public void consolidate(PlacedSamples placed, int[] learned, int number) {
    if (consolidation == null) {
      return;
    }
    long started = System.nanoTime();
    try (NDManager experience = manager.newSubManager()) {
      List<NDList> squares =
          new FisherInformation(placement, spikes)
              .squares(experience, layers, ((EngineSamples) placed).samples(), learned, number);
      layers.forEach(layer -> layer.lendTo(experience));
      consolidation.lendTo(experience);
      consolidation.add(layers, squares, learned.length);
    }
    consolidationSeconds += (System.nanoTime() - started) / 1e9;
  }

  private void score(EngineBatch shown) {
    int classes = placement.network().classes();
    int hits = 0;
    double squared = 0;
    for (int sample = 0; sample < count; sample++) {
      int best = 0;
      double error = 0;
      for (int k = 0; k < classes; k++) {
        float y = outputs[sample * classes + k];
        best = y > outputs[sample * classes + best] ? k : best;
        double difference = y - (k == shown.label(sample) ? 1.0 : 0.0);
        error += difference * difference;
      }
      // So the sum over samples is exact, however they are grouped.
      squared += Math.rint(error * 0x1p24) * 0x1p-24;
      hits += best == shown.label(sample) ? 1 : 0;
    }
    int depth = layers.size();
    counters = counters.plus(new Counters(count, hits, squared, new long[depth], new long[depth]));
  }

  /** Shows a batch without learning, on the host. */
  @Override
  public void hiddenLayer(int layer, boolean credit) {
    if (credit) {
      throw wholeBatch();
    }
    if (layer == 0) {
      if (!hostCurrent) {
        host.writeParameters(readParameters());
        hostCurrent = true;
      }
      host.beginBatch(samples.onHost(), indices, from, count);
      if (placement.network().neuron() == NeuronModel.LIF) {
        host.drawSpikes(stream);
      }
    }
    host.hiddenLayer(layer, false);
  }

  @Override
  public void readout(boolean credit) {
    if (credit) {
      throw wholeBatch();
    }
    host.readout(false);
    outputs = host.readOutputs();
  }

  @Override
  public Counters takeCounters() {
    Counters taken = counters.plus(host.takeCounters());
    counters = Counters.zero(layers.size());
    return taken;
  }

  @Override
  public float[] readOutputs() {
    return outputs.clone();
  }

  @Override
  public void answer(int layer) {
    throw wholeBatch();
  }

  @Override
  public void learn(int layer, OptimizerStep step) {
    throw wholeBatch();
  }

  private static IllegalStateException wholeBatch() {
    return new IllegalStateException("the engine learns a batch as a whole, not layer by layer");
  }

  @Override
  public void writeClassSignals(int layer, float[] signals) {
    throw new IllegalStateException("back-propagation has no class signals");
  }

  @Override
  public void writeInputSpikes(int[] trains) {
    throw new IllegalStateException("the engine takes drawn spikes only");
  }

  @Override
  public int[] readSpikeTrains(int layer) {
    return host.readSpikeTrains(layer);
  }

  @Override
  public float[] readGate(int layer) {
    return null;
  }

  /** Native arrays that outlive a batch: parameters, moments, and what is consolidated. */
  int lastingArrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    host.close();
    manager.close();
  }
}
