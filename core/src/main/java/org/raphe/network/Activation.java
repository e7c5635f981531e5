package org.raphe.network;

import java.util.Locale;
import org.raphe.InputException;

/**
 * What a hidden rate unit makes of its current z, and the slope dh/dz that its learning signal is
 * multiplied by.
 *
 * <pre>
 *   tanh       h = tanh(z)                     slope = 1 - h^2
 *   relu       h = z if z &gt; 0, else 0          slope = 1 if z &gt; 0, else 0
 *   logistic   h = gate / (1 + e^-z)           slope = gate h0 (1 - h0), h0 = h / gate
 * </pre>
 */
public enum Activation {
  /** Of classification networks, unless another is asked for. */
  TANH,
  /** The rectifier (Nair and Hinton 2010), of classification networks. */
  RELU,
  /** Of class-continual networks, whose hidden units are gated. */
  LOGISTIC;

  /** The activation of a network of which none was asked for; null for spiking units. */
  public static Activation of(NeuronModel neuron, Mode mode) {
    if (neuron == NeuronModel.LIF) {
      return null;
    }
    return mode == Mode.CLASSIFICATION ? TANH : LOGISTIC;
  }

  /**
   * Checks that a network's units have such an activation.
   *
   * @throws InputException if they do not
   */
  static void check(Activation activation, NeuronModel neuron, Mode mode) {
    if (neuron == NeuronModel.LIF && activation != null) {
      throw new InputException(
          "activation " + activation + " is for rate units; spiking ones (neuron lif) have none");
    }
    if (neuron == NeuronModel.RATE && (activation == LOGISTIC) != (mode == Mode.CLASS_CONTINUAL)) {
      throw new InputException(
          mode == Mode.CLASSIFICATION
              ? "activation logistic is for the gated units of class-continual networks; choose tanh or relu"
              : "activation "
                  + activation
                  + " is for classification networks; the gated units of class-continual ones are logistic");
    }
  }

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
