package org.raphe.backend.cpu;

import org.raphe.network.Activation;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;
import org.raphe.network.LayerParameters;
import org.raphe.rule.Trace;

/**
 * One sample in one convolution, from the formulas, a scalar at a time; membranes in float, since
 * spikes hang on them, sums of learning in double.
 */
final class ReferenceConvolution {
  private static final float DECAY = 0.2f;

  private final Convolution form;
  private final LayerParameters own;

  /** [step][input], [step][unit], [step][unit] and [step][output]. */
  private double[][] x;

  private double[][] u;
  private double[][] emitted;
  double[][] handed;

  /** [unit]: mean over the window. */
  double[] rates;

  /** [output]. */
  double[] handedRates;

  ReferenceConvolution(Convolution form, LayerParameters own) {
    this.form = form;
    this.own = own;
  }

  /**
   * @param activation null for LIF units
   */
  void forward(double[][] given, Activation activation) {
    int steps = given.length;
    int units = form.units();
    x = given;
    u = new double[steps][units];
    emitted = new double[steps][units];
    handed = new double[steps][form.outputs()];
    rates = new double[units];
    handedRates = new double[form.outputs()];
    for (int unit = 0; unit < units; unit++) {
      float membrane = 0;
      float o = 0;
      for (int t = 0; t < steps; t++) {
        double z = current(t, unit);
        if (activation == null) {
          membrane = DECAY * membrane * (1 - o) + (float) z;
          o = membrane > 0.5f ? 1 : 0;
          u[t][unit] = membrane;
          emitted[t][unit] = o;
        } else {
          u[t][unit] = z;
          emitted[t][unit] = activation == Activation.TANH ? Math.tanh(z) : Math.max(0, z);
        }
        rates[unit] += emitted[t][unit] / steps;
        int output = output(unit);
        if (output >= 0) {
          handed[t][output] += emitted[t][unit] / (form.pooled() ? 4 : 1);
          handedRates[output] += emitted[t][unit] / steps / (form.pooled() ? 4 : 1);
        }
      }
    }
  }

  private double current(int t, int unit) {
    float z = own.biases()[unit % form.channels()];
    for (int synapse = 0; synapse < form.fanIn(); synapse++) {
      int input = input(unit, synapse);
      if (input >= 0) {
        z +=
            (float) x[t][input] * own.weights()[synapse * form.channels() + unit % form.channels()];
      }
    }
    return z;
  }

  /** The input at the other end of a synapse; -1 outside the map. */
  private int input(int unit, int synapse) {
    InputShape below = form.input();
    int site = unit / form.channels();
    int kernel = form.kernel();
    int row =
        site / form.map().columns() * form.stride() - form.padding() + synapse / kernel % kernel;
    int column = site % form.map().columns() * form.stride() - form.padding() + synapse % kernel;
    boolean inside = row >= 0 && row < below.rows() && column >= 0 && column < below.columns();
    return inside
        ? (row * below.columns() + column) * below.channels() + synapse / (kernel * kernel)
        : -1;
  }

  /** What a unit's output goes into; -1 where a pool leaves it out. */
  int output(int unit) {
    if (!form.pooled()) {
      return unit;
    }
    int site = unit / form.channels();
    int row = site / form.map().columns() / 2;
    int column = site % form.map().columns() / 2;
    InputShape above = form.outputShape();
    return row < above.rows() && column < above.columns()
        ? (row * above.columns() + column) * form.channels() + unit % form.channels()
        : -1;
  }

  /** Credits for signals given at the last step, or along the membrane at every step. */
  double[][] credits(double[] signal, Trace trace, Activation activation) {
    int steps = x.length;
    double[][] credits = new double[steps][form.units()];
    for (int unit = 0; unit < form.units(); unit++) {
      double g = signal[unit];
      double d = 0;
      for (int t = steps - 1; t >= 0; t--) {
        double o = emitted[t][unit];
        if (activation != null) {
          d = activation == Activation.TANH ? g * (1 - o * o) : u[t][unit] > 0 ? g : 0;
        } else if (trace == Trace.MEMBRANE) {
          d = (u[t][unit] > 0 ? 1 : 0) + d * DECAY;
        } else {
          double before = t > 0 ? emitted[t - 1][unit] : 0;
          double last = t == steps - 1 ? g : 0;
          d = (last + d * -DECAY * u[t][unit]) * ((u[t][unit] > 0 ? 1 : 0) - before);
          d = Math.abs(d) < Math.abs(g) * 0x1p-24 ? 0 : d;
        }
        credits[t][unit] = d;
      }
    }
    return credits;
  }

  /** Adds to the gradients; returns synapses reached and synapse updates, biases left out. */
  long[] addGradients(
      double[][] credits, double[] factor, double gain, double[] weights, double[] biases) {
    long[] counted = new long[2];
    for (int unit = 0; unit < form.units(); unit++) {
      int channel = unit % form.channels();
      for (int t = 0; t < x.length; t++) {
        biases[channel] += gain * factor[unit] * credits[t][unit];
        for (int synapse = 0; synapse < form.fanIn(); synapse++) {
          int input = input(unit, synapse);
          if (input >= 0 && x[t][input] != 0) {
            weights[synapse * form.channels() + channel] +=
                x[t][input] * gain * factor[unit] * credits[t][unit];
            counted[0]++;
            counted[1] += credits[t][unit] != 0 ? 1 : 0;
          }
        }
      }
    }
    return counted;
  }
}
