package org.raphe.datasets.speech;

/**
 * Logarithms of mel energies, coded to [0, 1] in one of two ways.
 *
 * <pre>
 * L[frame][band] = ln(energy[frame][band] + 10^-3 max energy)
 * M = L - mean over the frames of the same band         what a microphone and a voice colour alike
 * z = M / sqrt(mean over frames and bands of M^2)       1 for a deviation below 10^-9
 * one feature:  1 / (1 + exp(-z))
 * on and off:   min(1, max(0, z) / 3), min(1, max(0, -z) / 3)
 * </pre>
 *
 * <p>On and off are two channels, of what lies above the mean and of what lies below, as the
 * retina's ganglion cells divide it: at least half of the features are 0 and send no spike.
 *
 * <p>The floor, where the mean and the deviation are taken, and the code were chosen on training
 * speakers and recordings alone: docs/SPEECH.md.
 */
final class LogMel {
  private static final double FLOOR = 1e-3;
  private static final double SILENCE = 1e-9;

  /** Deviations above the mean, or below, that are shown as 1. */
  private static final double FULL = 3;

  private LogMel() {}

  /** Features {@code [frame * bands + band]} of energies {@code [frame][band]}. */
  static float[] coded(double[][] energies) {
    double[] z = standardised(energies);
    float[] features = new float[z.length];
    for (int k = 0; k < z.length; k++) {
      features[k] = (float) (1 / (1 + StrictMath.exp(-z[k])));
    }
    return features;
  }

  /** Features {@code [(frame * bands + band) * 2 + channel]}, channel 0 on and 1 off. */
  static float[] onAndOff(double[][] energies) {
    double[] z = standardised(energies);
    float[] features = new float[2 * z.length];
    for (int k = 0; k < z.length; k++) {
      float size = (float) Math.min(1, Math.abs(z[k]) / FULL);
      features[2 * k + (z[k] < 0 ? 1 : 0)] = size;
    }
    return features;
  }

  /** z, {@code [frame * bands + band]}. */
  private static double[] standardised(double[][] energies) {
    int bands = energies[0].length;
    double[][] logarithms = centred(energies);
    double[] z = new double[energies.length * bands];
    double squares = 0;
    for (int k = 0; k < z.length; k++) {
      z[k] = logarithms[k / bands][k % bands];
      squares += z[k] * z[k];
    }
    double deviation = StrictMath.sqrt(squares / z.length);
    for (int k = 0; k < z.length && deviation >= SILENCE; k++) {
      z[k] /= deviation;
    }
    return z;
  }

  /** Logarithms above the floor, less the mean of their band. */
  private static double[][] centred(double[][] energies) {
    double loudest = 0;
    for (double[] frame : energies) {
      for (double energy : frame) {
        loudest = Math.max(loudest, energy);
      }
    }
    double[][] logarithms = new double[energies.length][energies[0].length];
    for (int band = 0; band < energies[0].length; band++) {
      double sum = 0;
      for (int frame = 0; frame < energies.length; frame++) {
        logarithms[frame][band] = StrictMath.log(energies[frame][band] + FLOOR * loudest);
        sum += logarithms[frame][band];
      }
      for (int frame = 0; frame < energies.length; frame++) {
        logarithms[frame][band] -= sum / energies.length;
      }
    }
    return logarithms;
  }
}
