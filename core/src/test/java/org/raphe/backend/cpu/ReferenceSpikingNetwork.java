package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Mode;
import org.raphe.network.Parameters;
import org.raphe.random.Philox;

/** LIF units: docs/ALGORITHM.md, sections 2 and 4. */
final class ReferenceSpikingNetwork extends ReferenceNetwork {
  private static final double DECAY = 0.2;
  private static final double THRESHOLD = 0.5;

  /** TileKernels.CREDIT_FLOOR, as documented there: under float32's resolution. */
  private static final double FLOOR = Math.pow(2, -24);

  private final boolean continual;
  private final double lowerThreshold;
  private final int steps;

  /** [layer][sample * units + unit]. */
  final int[][] spikeCounts;

  /** Credits that the floor set to 0. */
  long floored;

  ReferenceSpikingNetwork(Placement placement, Parameters parameters, float[][] gates, int batch) {
    super(placement, parameters, gates, batch);
    continual = network.mode() == Mode.CLASS_CONTINUAL;
    lowerThreshold = continual ? THRESHOLD - 0.2 : THRESHOLD - 0.5;
    steps = placement.steps();
    spikeCounts = new int[network.layers().size()][];
    for (int layer = 0; layer < spikeCounts.length; layer++) {
      spikeCounts[layer] = new int[batch * network.layers().get(layer).units()];
    }
  }

  /** What one layer does over the window of one sample, [step][unit]. */
  private final class Window {
    final int layer;
    final double[][] x;
    final double[][] u;
    final double[][] s;
    final double[][] o;
    final double[][] pseudo;
    final double[][] slope;

    Window(int layer, double[][] x) {
      this.layer = layer;
      this.x = x;
      int units = network.layers().get(layer).units();
      u = new double[steps][units];
      s = new double[steps][units];
      o = new double[steps][units];
      pseudo = new double[steps][units];
      slope = new double[steps][units];
      for (int t = 0; t < steps; t++) {
        for (int unit = 0; unit < units; unit++) {
          step(t, unit);
        }
      }
    }

    private void step(int t, int unit) {
      double z = current(layer, x[t], unit);
      double phi = continual ? 1 / (1 + Math.exp(-z)) : z;
      double uBefore = t == 0 ? 0 : u[t - 1][unit];
      double oBefore = t == 0 ? 0 : o[t - 1][unit];
      u[t][unit] = DECAY * uBefore * (1 - oBefore) + phi;
      s[t][unit] = u[t][unit] > THRESHOLD ? 1 : 0;
      o[t][unit] = gate(layer, unit) * s[t][unit];
      pseudo[t][unit] = (u[t][unit] > lowerThreshold ? 1 : 0) - oBefore;
      slope[t][unit] = continual ? phi * (1 - phi) : 1;
    }

    /** c_t = D_t phi'(z_t), [step][unit]. */
    double[][] credits(double[] signal, boolean everyStep) {
      double[][] c = new double[steps][signal.length];
      for (int unit = 0; unit < signal.length; unit++) {
        double next = 0;
        for (int t = steps - 1; t >= 0; t--) {
          double g = everyStep || t == steps - 1 ? signal[unit] : 0;
          double d = (g + next * (-DECAY * u[t][unit])) * gate(layer, unit) * pseudo[t][unit];
          d += continual ? next * DECAY * (1 - o[t][unit]) : 0;
          next = everyStep ? d : floored(d, Math.abs(signal[unit]) * FLOOR);
          c[t][unit] = next * slope[t][unit];
        }
      }
      return c;
    }
  }

  private double floored(double d, double floor) {
    if (d == 0 || Math.abs(d) >= floor) {
      return d;
    }
    floored++;
    return 0;
  }

  /** Shows the batch {@code order[0 ... batch-1]}. */
  void show(Samples samples, int[] order, int stream) {
    float[] range = continual ? range(samples, order) : new float[] {0f, placement.inputScale()};
    for (int sample = 0; sample < batch; sample++) {
      showSample(
          sample, drawn(samples, order[sample], stream, range), samples.label(order[sample]));
    }
  }

  private float[] range(Samples samples, int[] order) {
    float[] range = {Float.MAX_VALUE, -Float.MAX_VALUE};
    for (int sample = 0; sample < batch; sample++) {
      for (int input = 0; input < samples.shape().size(); input++) {
        range[0] = Math.min(range[0], samples.feature(order[sample], input));
        range[1] = Math.max(range[1], samples.feature(order[sample], input));
      }
    }
    return range;
  }

  private double[][] drawn(Samples samples, int id, int stream, float[] range) {
    double[][] x = new double[steps][samples.shape().size()];
    int[] words = new int[4];
    for (int t = 0; t < steps; t++) {
      for (int input = 0; input < x[t].length; input++) {
        float span = continual ? range[1] - range[0] : range[1];
        float p = Math.max(0f, Math.min(1f, (samples.feature(id, input) - range[0]) / span));
        Philox.draw(placement.seed(), stream, id, t, input / 4, words);
        x[t][input] = (words[input % 4] >>> 8) < Math.floor(p * 0x1p24) ? 1 : 0;
      }
    }
    return x;
  }

  private void showSample(int sample, double[][] spikes, int label) {
    double[][] x = spikes;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Window window = new Window(layer, x);
      for (int t = 0; t < steps; t++) {
        activeInputs[layer] += notZero(x[t]);
        for (int unit = 0; unit < window.s[t].length; unit++) {
          spikeCounts[layer][sample * window.s[t].length + unit] += (int) window.s[t][unit];
        }
      }
      learnWindow(window, sample, label);
      x = window.o;
    }
  }

  private void learnWindow(Window window, int sample, int label) {
    boolean readout = network.isReadout(window.layer);
    ReadoutLoss loss = placement.learning().loss();
    double[] signal;
    if (readout) {
      double[] y = rates(window);
      score(sample, y, label);
      boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
      signal = readoutSignal(softmax ? softmax(y, loss.scale()) : y, label);
    } else {
      signal = hiddenSignal(window.layer, label);
    }
    if (signal == null) {
      return;
    }
    boolean everyStep = readout && loss.kind() != ReadoutLoss.Kind.LAST_STEP;
    boolean direct = readout && loss.credit() == ReadoutLoss.Credit.DIRECT;
    double[][] c = direct ? repeated(signal) : window.credits(signal, everyStep);
    for (int t = 0; t < steps; t++) {
      learn(window.layer, window.x[t], c[t]);
    }
  }

  /** The delta rule: the signal at every step. */
  private double[][] repeated(double[] signal) {
    double[][] c = new double[steps][];
    Arrays.fill(c, signal);
    return c;
  }

  private double[] rates(Window window) {
    double[] y = new double[network.classes()];
    for (double[] o : window.o) {
      for (int k = 0; k < y.length; k++) {
        y[k] += o[k] / steps;
      }
    }
    return y;
  }
}
