package org.raphe.network;

import java.util.Optional;

/**
 * A layer of a network, fed forward only. Its weights are {@code [fan-in][channel]}, the synapses
 * onto a unit ascending as its inputs do; units of one channel share theirs.
 */
public sealed interface Layer permits Dense, Columns, Convolution {

  /** N, numbers that it takes of a sample and step; at least 1. */
  int inputs();

  /** H, units; at least 1. */
  int units();

  /** Whether units have a bias. */
  boolean biased();

  /** Synapses onto a unit. */
  default int fanIn() {
    return inputs();
  }

  /** Kinds of units, each with weights of its own; where none are shared, the units. */
  default int channels() {
    return units();
  }

  /** Shape of what it hands on. */
  default InputShape outputShape() {
    return InputShape.vector(units());
  }

  /** Numbers that it hands on of a sample and step: the next layer's inputs. */
  default int outputs() {
    return outputShape().size();
  }

  /** Whether it hands on averages of what its units emit. */
  default boolean pooled() {
    return false;
  }

  /** This layer where it is a convolution. */
  default Optional<Convolution> convolution() {
    return Optional.empty();
  }

  /** Pairs of an input and a unit that sees it: what a step of a dense pass multiplies. */
  default long synapses() {
    return weights();
  }

  /** Number of weights. */
  default int weights() {
    return fanIn() * channels();
  }

  /** Number of biases. */
  default int biases() {
    return biased() ? channels() : 0;
  }

  /** Number of parameters: weights and biases. */
  default int parameters() {
    return weights() + biases();
  }

  /** Its part of the topology text. */
  default String text() {
    return Integer.toString(units());
  }
}
