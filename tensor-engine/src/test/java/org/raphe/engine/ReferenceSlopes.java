package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Activation;
import org.raphe.network.Dense;
import org.raphe.network.Layer;

/**
 * A network 5-4-4-3 in double, its gradients on the engine, and slopes of single samples' losses
 * that share nothing with them: central differences of the loss for rate units; tangents carried
 * forward through time, one parameter after the other, for spiking units, whose surrogate no
 * difference can see.
 */
final class ReferenceSlopes {
  static final int BATCH = 3;
  static final int STEPS = 5;
  private static final int[] UNITS = {5, 4, 4, 3};
  private static final int CLASSES = 3;
  private static final float SCALE = 2f;
  private static final double DELTA = 1e-5;

  /** The losses of classification, of one sample by itself. */
  enum Loss {
    MEAN_SQUARED,
    CROSS_ENTROPY;

    ReadoutLoss settings() {
      return new ReadoutLoss(ReadoutLoss.Kind.valueOf(name()), SCALE, ReadoutLoss.Credit.CHAIN);
    }
  }

  private final Activation activation;

  /** All parameters in one row, layer by layer, weights [N][H] then biases. */
  private final double[] parameters = new double[parameterCount()];

  private final int[] labels = {2, 0, 1};

  /** Draws parameters uniform in +-bound; rate units are of tanh. */
  ReferenceSlopes(Random random, double bound) {
    this(random, bound, Activation.TANH);
  }

  /** The same with another activation of rate units. */
  ReferenceSlopes(Random random, double bound, Activation activation) {
    this.activation = activation;
    for (int k = 0; k < parameters.length; k++) {
      parameters[k] = bound * (2 * random.nextDouble() - 1);
    }
  }

  /** Features of a batch, uniform in 0..1. */
  static double[] features(Random random) {
    return random.doubles((long) BATCH * UNITS[0]).toArray();
  }

  /** Input spikes of a batch. */
  static double[] spikes(Random random) {
    return random.doubles((long) STEPS * BATCH * UNITS[0]).map(u -> u < 0.6 ? 1 : 0).toArray();
  }

  /** Number of parameters. */
  static int parameterCount() {
    int count = 0;
    for (int layer = 0; layer + 1 < UNITS.length; layer++) {
      count += (UNITS[layer] + 1) * UNITS[layer + 1];
    }
    return count;
  }

  /** Slope of one sample's loss along parameter {@code k}, rate units. */
  double rateSlope(Loss loss, double[] x, int sample, int k) {
    double kept = parameters[k];
    parameters[k] = kept + DELTA;
    double above = rateLoss(loss, x, sample);
    parameters[k] = kept - DELTA;
    double below = rateLoss(loss, x, sample);
    parameters[k] = kept;
    return (above - below) / (2 * DELTA);
  }

  /** What the engine sums a batch's gradients to, in double, in the order of parameters. */
  double[] engine(Backpropagation backpropagation, double[] x, Backpropagation.GradientSum sum) {
    double[] all = new double[parameters.length];
    try (NDManager manager = PyTorchEngine.open(1, 1)) {
      List<TrainedLayer> layers = new ArrayList<>();
      int at = 0;
      for (int layer = 0; layer + 1 < UNITS.length; layer++) {
        Layer shape = new Dense(UNITS[layer], UNITS[layer + 1], true);
        TrainedLayer placed = new TrainedDense(manager, shape, DataType.FLOAT64);
        at = copy(manager, at, placed.weight);
        at = copy(manager, at, placed.bias);
        layers.add(placed);
      }
      double[] onehot = new double[BATCH * CLASSES];
      for (int sample = 0; sample < BATCH; sample++) {
        onehot[sample * CLASSES + labels[sample]] = 1;
      }
      NDArray inputs = manager.create(x, new Shape(x.length / UNITS[0], UNITS[0]));
      NDArray targets = manager.create(onehot, new Shape(BATCH, CLASSES));
      at = 0;
      for (NDList layer : backpropagation.pass(layers, inputs, targets, sum).gradients()) {
        for (NDArray gradient : layer) {
          double[] values = gradient.toDoubleArray();
          System.arraycopy(values, 0, all, at, values.length);
          at += values.length;
        }
      }
    }
    return all;
  }

  private int copy(NDManager manager, int at, NDArray target) {
    int size = (int) target.size();
    double[] values = new double[size];
    System.arraycopy(parameters, at, values, 0, size);
    manager.create(values, target.getShape()).copyTo(target);
    return at + size;
  }

  private double rateLoss(Loss loss, double[] x, int sample) {
    double[] h = new double[UNITS[0]];
    System.arraycopy(x, sample * UNITS[0], h, 0, UNITS[0]);
    int at = 0;
    for (int layer = 0; layer + 1 < UNITS.length; layer++) {
      boolean readout = layer + 2 == UNITS.length;
      double[] z = currents(h, at, UNITS[layer + 1]);
      at += (UNITS[layer] + 1) * UNITS[layer + 1];
      for (int j = 0; j < z.length; j++) {
        z[j] = readout ? z[j] : emitted(z[j]);
        z[j] = readout && loss == Loss.MEAN_SQUARED ? 1 / (1 + Math.exp(-z[j])) : z[j];
      }
      h = z;
    }
    return loss(loss, h, labels[sample]);
  }

  private double emitted(double z) {
    return activation == Activation.RELU ? Math.max(0, z) : Math.tanh(z);
  }

  /** Loss of one sample, of its outputs, or currents of a softmax. */
  private static double loss(Loss loss, double[] y, int label) {
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      double target = k == label ? 1 : 0;
      sum += loss == Loss.MEAN_SQUARED ? (y[k] - target) * (y[k] - target) : Math.exp(SCALE * y[k]);
    }
    return loss == Loss.MEAN_SQUARED ? sum / CLASSES : Math.log(sum) - SCALE * y[label];
  }

  private double[] currents(double[] x, int at, int units) {
    double[] z = new double[units];
    for (int j = 0; j < units; j++) {
      z[j] = parameters[at + x.length * units + j];
      for (int i = 0; i < x.length; i++) {
        z[j] += x[i] * parameters[at + i * units + j];
      }
    }
    return z;
  }

  /** Slope of one sample's loss along parameter {@code k}, spiking units. */
  double spikingSlope(Loss loss, double[] x, int sample, int k) {
    double slope = 0;
    double[] y = new double[CLASSES];
    double[] tangent = new double[CLASSES];
    carryForward(x, sample, k, y, tangent);
    for (int c = 0; c < CLASSES; c++) {
      double[] moved = y.clone();
      moved[c] += 1e-6;
      double above = loss(loss, moved, labels[sample]);
      moved[c] -= 2e-6;
      slope += (above - loss(loss, moved, labels[sample])) / 2e-6 * tangent[c];
    }
    return slope;
  }

  /** Rates y of one sample and their tangents along parameter {@code k}. */
  private void carryForward(double[] x, int sample, int k, double[] y, double[] tangent) {
    double[][][] state = new double[UNITS.length][4][];
    for (int layer = 0; layer < UNITS.length; layer++) {
      for (int part = 0; part < 4; part++) {
        state[layer][part] = new double[UNITS[layer]];
      }
    }
    for (int t = 0; t < STEPS; t++) {
      System.arraycopy(x, (t * BATCH + sample) * UNITS[0], state[0][1], 0, UNITS[0]);
      int at = 0;
      for (int layer = 1; layer < UNITS.length; layer++) {
        step(state[layer - 1], state[layer], at, k);
        at += (UNITS[layer - 1] + 1) * UNITS[layer];
      }
      for (int c = 0; c < CLASSES; c++) {
        y[c] += state[UNITS.length - 1][1][c] / STEPS;
        tangent[c] += state[UNITS.length - 1][3][c] / STEPS;
      }
    }
  }

  /** One step of one layer; states are u, o and the tangents of both. */
  private void step(double[][] below, double[][] own, int at, int k) {
    int units = own[0].length;
    int inputs = below[1].length;
    double[] z = currents(below[1], at, units);
    double decay = 0.2f;
    for (int j = 0; j < units; j++) {
      double dz = at + inputs * units + j == k ? 1 : 0;
      for (int i = 0; i < inputs; i++) {
        int weight = at + i * units + j;
        dz += parameters[weight] * below[3][i] + (weight == k ? below[1][i] : 0);
      }
      double du = decay * ((1 - own[1][j]) * own[2][j] - own[0][j] * own[3][j]) + dz;
      own[0][j] = decay * own[0][j] * (1 - own[1][j]) + z[j];
      own[1][j] = own[0][j] > 0.5 ? 1 : 0;
      own[2][j] = du;
      own[3][j] = Math.abs(own[0][j] - 0.5) < 0.5 ? du : 0;
    }
  }
}
