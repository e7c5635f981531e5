package org.raphe.nir;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a NIR graph in double precision, by the equations of its nodes alone: forward Euler of each
 * unit's own tau, r, leak, threshold and reset; channels first throughout.
 */
final class GraphSimulation {
  private final List<NirGraph.Named> chain;
  private final double dt;
  private final List<double[]> potentials = new ArrayList<>();
  private int channels;
  private int rows;
  private int columns;

  GraphSimulation(NirGraph graph, double dt) {
    chain = graph.chain();
    this.dt = dt;
    for (NirGraph.Named named : chain) {
      potentials.add(
          named.node() instanceof NirNode.LIF units ? new double[units.tau().length] : null);
    }
  }

  /**
   * Spikes that come out, [step][unit].
   *
   * @param trains [word][input], inputs numbered row, column, channel
   */
  boolean[][] run(int[] trains, int steps) {
    List<Integer> shape = ((NirNode.Input) chain.get(0).node()).shape();
    boolean[][] spikes = new boolean[steps][];
    for (int step = 0; step < steps; step++) {
      channels = shape.get(0);
      rows = shape.get(1);
      columns = shape.get(2);
      double[] x = new double[channels * rows * columns];
      for (int place = 0; place < rows * columns; place++) {
        for (int channel = 0; channel < channels; channel++) {
          int word = trains[step / 32 * x.length + place * channels + channel];
          x[channel * rows * columns + place] = word >>> step % 32 & 1;
        }
      }
      for (int k = 1; k < chain.size(); k++) {
        x = after(chain.get(k).node(), potentials.get(k), x);
      }
      spikes[step] = new boolean[x.length];
      for (int unit = 0; unit < x.length; unit++) {
        spikes[step][unit] = x[unit] != 0;
      }
    }
    return spikes;
  }

  private double[] after(NirNode node, double[] potential, double[] x) {
    if (node instanceof NirNode.Affine affine) {
      return dense(affine.weight(), affine.bias(), affine.outputs(), x);
    }
    if (node instanceof NirNode.Linear linear) {
      return dense(linear.weight(), new float[linear.outputs()], linear.outputs(), x);
    }
    if (node instanceof NirNode.Conv2d convolution) {
      return convolved(convolution, x);
    }
    if (node instanceof NirNode.SumPool2d) {
      return summed(x);
    }
    return node instanceof NirNode.LIF units ? spikes(units, potential, x) : x;
  }

  private static double[] dense(float[] weight, float[] bias, int outputs, double[] x) {
    double[] y = new double[outputs];
    for (int unit = 0; unit < outputs; unit++) {
      y[unit] = bias[unit];
      for (int k = 0; k < x.length; k++) {
        y[unit] += weight[unit * x.length + k] * x[k];
      }
    }
    return y;
  }

  /** Stride 1, as much padding as keeps the size. */
  private double[] convolved(NirNode.Conv2d node, double[] x) {
    int out = node.weightShape().get(0);
    int size = node.weightShape().get(2);
    double[] y = new double[out * rows * columns];
    for (int k = 0; k < y.length; k++) {
      int unit = k / (rows * columns);
      y[k] = node.bias()[unit];
      for (int tap = 0; tap < channels * size * size; tap++) {
        int row = k / columns % rows + tap / size % size - size / 2;
        int column = k % columns + tap % size - size / 2;
        if (row >= 0 && row < rows && column >= 0 && column < columns) {
          int at = (tap / size / size * rows + row) * columns + column;
          y[k] += node.weight()[unit * channels * size * size + tap] * x[at];
        }
      }
    }
    channels = out;
    return y;
  }

  private double[] summed(double[] x) {
    int fewerRows = rows / 2;
    int fewerColumns = columns / 2;
    double[] y = new double[channels * fewerRows * fewerColumns];
    for (int k = 0; k < y.length; k++) {
      int row = k / fewerColumns % fewerRows * 2;
      int at = (k / fewerColumns / fewerRows * rows + row) * columns + k % fewerColumns * 2;
      y[k] = x[at] + x[at + 1] + x[at + columns] + x[at + columns + 1];
    }
    rows = fewerRows;
    columns = fewerColumns;
    return y;
  }

  private double[] spikes(NirNode.LIF units, double[] v, double[] current) {
    double[] spikes = new double[v.length];
    for (int k = 0; k < v.length; k++) {
      v[k] += dt / units.tau()[k] * (units.leak()[k] - v[k] + units.r()[k] * current[k]);
      if (v[k] > units.threshold()[k]) {
        spikes[k] = 1;
        v[k] = units.reset()[k];
      }
    }
    return spikes;
  }
}
