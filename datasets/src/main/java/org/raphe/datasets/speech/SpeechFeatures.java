package org.raphe.datasets.speech;

import java.util.Arrays;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.raphe.InputException;

/**
 * Turns a spoken digit into 900 features, the same number whatever its length: energies of 30 mel
 * bands in 30 frames that together cover the recording, each band divided by its sum over the
 * frames.
 *
 * <pre>
 * y[n] = x[n] - 0.97 x[n-1]                                   pre-emphasis, x the 16-bit amplitudes
 * window = duration / (30 * 0.5 + 0.5), step = window / 2     in seconds, rounded to samples
 * P[k] = |FFT_4096(Hamming(y of the frame))[k]|^2 / 4096
 * energy[band] = sum over k of triangle_band[k] P[k]          0 Hz to half the sampling rate
 * feature[frame][band] = energy[frame][band] / sum over frames of energy[.][band]
 * </pre>
 *
 * <p>Mel m and frequency f in Hz: {@code m = 2595 log10(1 + f / 700)}; the triangles' corners are
 * evenly spaced in mel and rounded down to FFT bins. A frame that reaches past the end is filled
 * with zeros. An energy of exactly 0 counts as 2^-52, so that a silent band is spread evenly
 * instead of divided by zero. All arithmetic is double precision, and the same bits on every
 * machine.
 *
 * <p>Source: the features that the NACA publication uses for TIDIGITS (not the logarithm of the
 * energies).
 */
public final class SpeechFeatures {
  /** Mel bands of a frame. */
  public static final int BANDS = 30;

  /** Frames of a recording. */
  public static final int FRAMES = 30;

  private static final int FFT = 4096;
  private static final double PREEMPHASIS = 0.97;
  private static final double OVERLAP = 0.5;
  private static final double SILENCE = 0x1p-52;

  private SpeechFeatures() {}

  /**
   * Features of a recording, {@code [frame * 30 + band]}; over the frames each band sums to 1.
   *
   * @param source what messages call the recording
   * @throws InputException if it is too short to have 30 frames, or so long that a frame has more
   *     than 4096 samples
   */
  public static float[] of(String source, WavRecording recording) {
    return shares(energies(source, recording));
  }

  /** Energies {@code [frame][band]}, each divided by the sum of its band. */
  static float[] shares(double[][] energies) {
    float[] features = new float[FRAMES * BANDS];
    for (int band = 0; band < BANDS; band++) {
      double sum = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        sum += energies[frame][band];
      }
      for (int frame = 0; frame < FRAMES; frame++) {
        features[frame * BANDS + band] = (float) (energies[frame][band] / sum);
      }
    }
    return features;
  }

  /**
   * Energies before they are divided, {@code [frame][band]}, in squared 16-bit amplitudes.
   *
   * @param source what messages call the recording
   * @throws InputException as {@link #of}
   */
  public static double[][] energies(String source, WavRecording recording) {
    int length = frameSamples(recording, 1);
    int step = frameSamples(recording, OVERLAP);
    requireUsable(source, recording);
    double[] emphasized = preemphasis(recording.samples());
    double[] hamming = hamming(length);
    int[] corners = corners(recording.sampleRate());
    double[][] energies = new double[FRAMES][];
    for (int frame = 0; frame < FRAMES; frame++) {
      energies[frame] = bands(power(emphasized, frame * step, hamming), corners);
    }
    return energies;
  }

  /** Samples of so much of a window. */
  private static int frameSamples(WavRecording recording, double share) {
    double window = recording.seconds() / (FRAMES * OVERLAP + OVERLAP);
    return (int) Math.floor(window * share * recording.sampleRate() + 0.5);
  }

  /**
   * Checks that a recording has frames that can be measured.
   *
   * @throws InputException as {@link #of}
   */
  static void requireUsable(String source, WavRecording recording) {
    int length = frameSamples(recording, 1);
    if (frameSamples(recording, OVERLAP) < 1 || length > FFT) {
      throw new InputException(
          source
              + ": "
              + recording.samples().length
              + " samples make frames of "
              + length
              + "; 2 to "
              + FFT
              + " are needed, so give a single spoken digit");
    }
  }

  private static double[] preemphasis(short[] samples) {
    double[] emphasized = new double[samples.length];
    emphasized[0] = samples[0];
    for (int n = 1; n < samples.length; n++) {
      emphasized[n] = samples[n] - PREEMPHASIS * samples[n - 1];
    }
    return emphasized;
  }

  private static double[] hamming(int length) {
    double[] window = new double[length];
    Arrays.fill(window, 1);
    for (int n = 0; n < length && length > 1; n++) {
      window[n] = 0.54 - 0.46 * StrictMath.cos(2 * Math.PI * n / (length - 1));
    }
    return window;
  }

  /**
   * FFT bins of the triangles' corners: band b rises from corner b, peaks at b + 1, ends at b + 2.
   */
  private static int[] corners(int rate) {
    int[] corners = new int[BANDS + 2];
    double top = 2595 * StrictMath.log10(1 + rate / 2.0 / 700);
    for (int k = 0; k < corners.length; k++) {
      double hertz = 700 * (StrictMath.pow(10, top * k / (BANDS + 1) / 2595) - 1);
      corners[k] = (int) Math.floor((FFT + 1) * hertz / rate);
    }
    return corners;
  }

  /** Power of the bins 0 to 2048 of one frame. */
  private static double[] power(double[] samples, int start, double[] window) {
    double[][] spectrum = new double[2][FFT];
    for (int n = 0; n < window.length && start + n < samples.length; n++) {
      spectrum[0][n] = samples[start + n] * window[n];
    }
    FastFourierTransformer.transformInPlace(
        spectrum, DftNormalization.STANDARD, TransformType.FORWARD);
    double[] power = new double[FFT / 2 + 1];
    for (int k = 0; k < power.length; k++) {
      double real = spectrum[0][k];
      double imaginary = spectrum[1][k];
      power[k] = (real * real + imaginary * imaginary) / FFT;
    }
    return power;
  }

  private static double[] bands(double[] power, int[] corners) {
    double[] energies = new double[BANDS];
    for (int band = 0; band < BANDS; band++) {
      int low = corners[band];
      int peak = corners[band + 1];
      int high = corners[band + 2];
      double sum = 0;
      for (int k = low; k < peak; k++) {
        sum += power[k] * (k - low) / (peak - low);
      }
      for (int k = peak; k < high; k++) {
        sum += power[k] * (high - k) / (high - peak);
      }
      energies[band] = sum == 0 ? SILENCE : sum;
    }
    return energies;
  }
}
