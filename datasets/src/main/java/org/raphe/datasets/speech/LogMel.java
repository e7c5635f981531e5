package org.raphe.datasets.speech;

/**
 * Logarithms of mel energies, coded to [0, 1] so that they can be shown as spikes.
 *
 * <pre>
 * L[frame][band] = ln(energy[frame][band] + 10^-3 max energy)
 * M = L - mean over the frames of the same band         what a microphone and a voice colour alike
 * z = M / sqrt(mean over frames and bands of M^2)       1 for a deviation below 10^-9
 * feature = 1 / (1 + exp(-z))
 * </pre>
 *
 * <p>The floor, where the mean and the deviation are taken, and the code were chosen on training
 * speakers and recordings alone: docs/SPEECH.md.
 */
final class LogMel {
  private static final double FLOOR = 1e-3;
  private static final double SILENCE = 1e-9;

  private LogMel() {}

  /** Features {@code [frame * bands + band]} of energies {@code [frame][band]}. */
  static float[] coded(double[][] energies) {
    int frames = energies.length;
    int bands = energies[0].length;
    double[][] logarithms = centred(energies);
    double squares = 0;
    for (double[] frame : logarithms) {
      for (double value : frame) {
        squares += value * value;
      }
    }
    double deviation = StrictMath.sqrt(squares / (frames * bands));
    if (deviation < SILENCE) {
      deviation = 1;
    }
    float[] features = new float[frames * bands];
    for (int frame = 0; frame < frames; frame++) {
      for (int band = 0; band < bands; band++) {
        double scaled = logarithms[frame][band] / deviation;
        features[frame * bands + band] = (float) (1 / (1 + StrictMath.exp(-scaled)));
      }
    }
    return features;
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
