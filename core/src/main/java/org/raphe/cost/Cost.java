package org.raphe.cost;

import java.util.List;
import java.util.stream.LongStream;
import org.raphe.backend.Counters;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Columns;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Signal;
import org.raphe.tensor.TensorSpec;

/**
 * What an algorithm costs, counted rather than timed (after NeuroBench, learning added): the same
 * on every backend.
 *
 * @param samples samples shown
 * @param forwardSynapticOperations for every spike the synapses it reaches, each an accumulate; at
 *     the edges of a convolution fewer
 * @param learningSynapticOperations synapse updates summed into a weight change: an input that was
 *     not 0 times the units whose credit was not 0
 * @param macs multiply-accumulates where an input is not 0 or 1 (rate units, averages of a pool),
 *     inputs of 0 not counted; and those by which a rule that answers to outputs makes its signals
 * @param denseMacs what {@code macs} and forward operations would be if no input were 0: every
 *     synapse at every step
 * @param weightWrites parameters that an optimizer step rewrote
 * @param neuronUpdates membrane steps, or activations of rate units
 * @param bytesMoved what the kernels read and write by design
 */
public record Cost(
    long samples,
    long forwardSynapticOperations,
    long learningSynapticOperations,
    long macs,
    long denseMacs,
    long weightWrites,
    long neuronUpdates,
    long bytesMoved) {

  /**
   * The cost of learning from samples.
   *
   * @param counters what the device counted over all batches
   * @param batches optimizer steps
   */
  public static Cost ofTraining(
      NetworkSpec network, LearningSpec learning, int steps, Counters counters, long batches) {
    return ofTraining(network, learning, steps, counters, batches, List.of());
  }

  /**
   * The same where hidden layers learned from some of the batches only.
   *
   * @param taught what each hidden layer learned from, first layer first; empty where all of them
   *     learned from everything
   */
  public static Cost ofTraining(
      NetworkSpec network,
      LearningSpec learning,
      int steps,
      Counters counters,
      long batches,
      List<Taught> taught) {
    long writes = 0;
    long learningBytes = 0;
    long answering = 0;
    if (learning.rule().signal() instanceof Signal.Competition competition) {
      return ofLearningColumns(network, competition, counters, batches);
    }
    Taught all = new Taught(counters.samples(), batches);
    for (int layer = 0; layer < network.layers().size(); layer++) {
      boolean readout = network.isReadout(layer);
      Taught own = layer < taught.size() ? taught.get(layer) : all;
      if (readout || learning.rule().learns()) {
        long parameters = network.layers().get(layer).parameters() + kept(learning, network, layer);
        writes += own.batches() * parameters;
        learningBytes += own.batches() * parameters * bytesOfStep(learning.optimizer(readout));
        learningBytes += own.samples() * creditBytes(network, layer, steps);
      }
      if (!readout) {
        long macs = answerMacs(learning.rule().signal(), network, layer);
        answering += own.samples() * macs;
        learningBytes += own.samples() * 4L * macs;
      }
    }
    long updates = LongStream.of(counters.synapseUpdates()).sum();
    return count(network, steps, counters, batches, updates, answering, writes, learningBytes);
  }

  /** What the rule learns at a layer beside the layer's parameters. */
  private static long kept(LearningSpec learning, NetworkSpec network, int layer) {
    return learning.rule().state(network).stream()
        .filter(spec -> spec.name().startsWith("layers." + layer + "."))
        .mapToLong(TensorSpec::size)
        .sum();
  }

  /** A parameter, and each moment that the optimizer keeps of it, read and written. */
  private static long bytesOfStep(Optimizer optimizer) {
    return 4L * (optimizer instanceof Optimizer.Adam ? 6 : 2);
  }

  /**
   * Multiply-accumulates of a sample's signals that are known once outputs stand. Each reads a
   * number of the feedback.
   */
  private static long answerMacs(Signal signal, NetworkSpec network, int layer) {
    return signal instanceof Signal.OfOutputs answering
        ? answering.products(network.classes(), answering.width(network.layers().get(layer)))
        : 0;
  }

  /**
   * Columns that compete. Beside the layer's currents: two products a direction for the columns'
   * scores, and one a class for every active column. In learning by design: a sample rewrites its
   * winner's column and the synapse to its class, or all of the columns' synapses and P. The
   * products of learning are counted, docs/NUMERICS.md, section 16.
   */
  private static Cost ofLearningColumns(
      NetworkSpec network, Signal.Competition competition, Counters counters, long batches) {
    Columns hidden = network.columns().orElseThrow();
    long column = (long) hidden.size() * (hidden.inputs() + 1);
    long columns = hidden.count();
    long writes =
        column + (competition.keepsCorrelation() ? columns * (columns + network.classes()) : 1);
    return ofColumns(network, hidden, counters, batches, writes);
  }

  /**
   * @param writes numbers that learning a sample rewrites; 0 where nothing is learned
   */
  private static Cost ofColumns(
      NetworkSpec network, Columns hidden, Counters counters, long batches, long writes) {
    long samples = counters.samples();
    long columns = hidden.count();
    long directions = 2 * columns * (hidden.size() - 1);
    long votes = counters.activeInputs()[1] * network.classes();
    long current = counters.activeInputs()[0] * hidden.units();
    long read = hidden.parameters() + columns * network.classes();
    long activity = 2L * hidden.inputs() + 2L * hidden.units() + 4L * columns;
    return new Cost(
        samples,
        0,
        LongStream.of(counters.synapseUpdates()).sum(),
        current + samples * directions + votes,
        samples * ((long) hidden.weights() + directions + columns * network.classes()),
        samples * writes,
        samples * (hidden.units() + columns + network.classes()),
        4 * (batches * read + samples * (activity + 2 * writes)));
  }

  /** The cost of showing samples without learning. */
  public static Cost ofInference(NetworkSpec network, int steps, Counters counters, long batches) {
    if (network.columns().isPresent()) {
      return ofColumns(network, network.columns().get(), counters, batches, 0);
    }
    return count(network, steps, counters, batches, 0, 0, 0, 0);
  }

  private static Cost count(
      NetworkSpec network,
      int steps,
      Counters counters,
      long batches,
      long learningOperations,
      long answering,
      long writes,
      long learningBytes) {
    long spiked = 0;
    long multiplied = answering;
    long dense = 0;
    long updates = 0;
    long bytes = learningBytes + counters.samples() * network.input().size() * 4L;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer shape = network.layers().get(layer);
      long reached = counters.activeInputs()[layer] * shape.channels();
      if (network.neuron() == NeuronModel.LIF && !takesAverages(network, layer)) {
        spiked += reached;
      } else {
        multiplied += reached;
      }
      dense += counters.samples() * steps * shape.synapses();
      updates += counters.samples() * steps * shape.units();
      bytes += batches * shape.parameters() * 4L;
      bytes += 2 * counters.samples() * activityBytes(network, layer, steps);
    }
    return new Cost(
        counters.samples(), spiked, learningOperations, multiplied, dense, writes, updates, bytes);
  }

  /** Whether a layer's inputs are averages of a pool, so that spikes are no longer 0 or 1. */
  private static boolean takesAverages(NetworkSpec network, int layer) {
    return layer > 0 && network.layers().get(layer - 1).pooled();
  }

  /**
   * A layer's inputs of one sample: a train of T bits in whole ints, three of them for the counts
   * of a pool; or one float.
   */
  private static long activityBytes(NetworkSpec network, int layer, int steps) {
    long inputs = network.layers().get(layer).inputs();
    long words = (steps + 31) / 32 * (takesAverages(network, layer) ? 3L : 1L);
    return network.neuron() == NeuronModel.LIF ? 4L * words * inputs : 4L * inputs;
  }

  /**
   * A layer's credits of one sample, written once and read once, and its inputs' activity read once
   * more.
   */
  private static long creditBytes(NetworkSpec network, int layer, int steps) {
    Layer shape = network.layers().get(layer);
    return 2L * 4L * steps * shape.units() + activityBytes(network, layer, steps);
  }
}
