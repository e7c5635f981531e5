package org.raphe.cost;

import java.util.stream.LongStream;
import org.raphe.backend.Counters;
import org.raphe.learning.AssociativeReadout;
import org.raphe.learning.Competition;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.Rule;
import org.raphe.network.Dense;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/**
 * What an algorithm costs, counted rather than timed (after NeuroBench, learning added): the same
 * on every backend.
 *
 * @param samples samples shown
 * @param forwardSynapticOperations for every spike the synapses it reaches, each an accumulate
 * @param learningSynapticOperations synapse updates summed into a weight change: an input that was
 *     not 0 times the units whose credit was not 0
 * @param macs multiply-accumulates where an input is not 0 or 1 (rate units), inputs of 0 not
 *     counted; and those by which a rule that answers to outputs makes its signals
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
    long writes = 0;
    long learningBytes = 0;
    long answering = 0;
    Competition competition = learning.competition();
    if (competition != null) {
      return ofColumns(network, competition, counters, batches, true);
    }
    for (int layer = 0; layer < network.layers().size(); layer++) {
      boolean readout = network.isReadout(layer);
      if (readout || learning.rule().learns()) {
        long parameters = network.layers().get(layer).parameters();
        boolean adam = learning.optimizer(readout) instanceof Optimizer.Adam;
        writes += batches * parameters;
        learningBytes += batches * parameters * 4L * (adam ? 6 : 2);
        learningBytes += counters.samples() * creditBytes(network, layer, steps);
      }
      if (!readout) {
        long macs = answerMacs(learning.rule(), network, layer);
        answering += counters.samples() * macs;
        learningBytes += counters.samples() * 4L * macs;
      }
    }
    long updates = LongStream.of(counters.synapseUpdates()).sum();
    return count(network, steps, counters, batches, updates, answering, writes, learningBytes);
  }

  /**
   * Multiply-accumulates of a sample's signals: one a unit for what fades, one a unit and class for
   * what comes back from classes, and as many again for what a layer tells of itself. Each reads a
   * number of the fixed feedback.
   */
  private static long answerMacs(Rule rule, NetworkSpec network, int layer) {
    long units = network.layers().get(layer).units();
    return switch (rule) {
      case BRP -> units;
      case DFA, EPROP -> network.classes() * units;
      case NACA_CLOSED -> 2 * network.classes() * units;
      case NACA, DRTP, FROZEN, NACA_COMPETITIVE -> 0;
    };
  }

  /**
   * Columns that compete. Beside the layer's currents: two products a direction for the columns'
   * scores, and one a class for every active column. In learning by design: a sample rewrites its
   * winner's column and the synapse to its class, or all of the columns' synapses and P. The
   * products of learning are counted, docs/NUMERICS.md, section 16.
   */
  private static Cost ofColumns(
      NetworkSpec network,
      Competition competition,
      Counters counters,
      long batches,
      boolean learn) {
    Dense hidden = network.layers().get(0);
    long samples = counters.samples();
    long columns = competition.columns(network);
    long directions = 2 * columns * (competition.column() - 1);
    long votes = counters.activeInputs()[1] * network.classes();
    long current = counters.activeInputs()[0] * hidden.units();
    boolean all = competition.readout() == AssociativeReadout.RLS;
    long column = (long) competition.column() * (hidden.inputs() + 1);
    long writes = column + (all ? columns * (columns + network.classes()) : 1);
    long read = hidden.parameters() + columns * network.classes();
    long activity = 2L * hidden.inputs() + 2L * hidden.units() + 4L * columns;
    return new Cost(
        samples,
        0,
        learn ? LongStream.of(counters.synapseUpdates()).sum() : 0,
        current + samples * directions + votes,
        samples * ((long) hidden.weights() + directions + columns * network.classes()),
        learn ? samples * writes : 0,
        samples * (hidden.units() + columns + network.classes()),
        4 * (batches * read + samples * (activity + (learn ? 2 * writes : 0))));
  }

  /** The cost of showing samples without learning. */
  public static Cost ofInference(
      NetworkSpec network, LearningSpec learning, int steps, Counters counters, long batches) {
    if (learning.competition() != null) {
      return ofColumns(network, learning.competition(), counters, batches, false);
    }
    return ofInference(network, steps, counters, batches);
  }

  /** The cost of showing samples, without learning, to layers of units that do not compete. */
  public static Cost ofInference(NetworkSpec network, int steps, Counters counters, long batches) {
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
    long reached = 0;
    long dense = 0;
    long updates = 0;
    long bytes = learningBytes + counters.samples() * network.input().size() * 4L;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Dense shape = network.layers().get(layer);
      reached += counters.activeInputs()[layer] * shape.units();
      dense += counters.samples() * steps * shape.weights();
      updates += counters.samples() * steps * shape.units();
      bytes += batches * shape.parameters() * 4L;
      bytes += 2 * counters.samples() * activityBytes(network, shape.inputs(), steps);
    }
    boolean spiking = network.neuron() == NeuronModel.LIF;
    return new Cost(
        counters.samples(),
        spiking ? reached : 0,
        learningOperations,
        (spiking ? 0 : reached) + answering,
        dense,
        writes,
        updates,
        bytes);
  }

  /** A layer's inputs of one sample: a train of T bits in whole ints, or one float. */
  private static long activityBytes(NetworkSpec network, int inputs, int steps) {
    return network.neuron() == NeuronModel.LIF ? 4L * ((steps + 31) / 32) * inputs : 4L * inputs;
  }

  /**
   * A layer's credits of one sample, written once and read once, and its inputs' activity read once
   * more.
   */
  private static long creditBytes(NetworkSpec network, int layer, int steps) {
    Dense shape = network.layers().get(layer);
    return 2L * 4L * steps * shape.units() + activityBytes(network, shape.inputs(), steps);
  }
}
