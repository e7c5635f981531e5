package org.raphe.datasets.speech;

import java.util.Arrays;

/**
 * What predicts the samples of one channel: those before, and the means of the blocks before.
 *
 * <pre>
 * DIFF0..3  x = r + {offset; x1; 2 x1 - x2; 3 (x1 - x2) + x3}
 * QLPC      x = r + ((32 + sum over j of c[j] (x[j+1] - offset)) >> 5) + offset   version 1: 0 for 32
 * offset  = (nmean/2 + sum of the last nmean block means) / nmean                 version 1: without nmean/2
 * mean    = (size/2 + sum of the block) / size                                    version 1: without size/2
 * </pre>
 *
 * <p>Divisions truncate toward zero. Samples are kept without the bits that a shift leaves out.
 */
final class ShortenChannel {
  private final int version;
  private final int history;
  private final int[] means;

  /** Samples before the block, then those of the block. */
  private int[] samples;

  private int offset;

  /**
   * A channel before its first sample.
   *
   * @param order most coefficients of a linear prediction
   * @param meanCount nmean
   */
  ShortenChannel(int version, int order, int meanCount) {
    this.version = version;
    history = Math.max(3, order);
    means = new int[meanCount];
    samples = new int[history];
  }

  /**
   * Makes room for a block and works out its offset.
   *
   * @return where samples go, from {@link #first()} on; what is before is the history
   */
  int[] begin(int size, int shift) {
    if (samples.length < history + size) {
      samples = Arrays.copyOf(samples, history + size);
    }
    offset = offset(shift);
    return samples;
  }

  int first() {
    return history;
  }

  /** The offset of the block that was begun. */
  int offset() {
    return offset;
  }

  private int offset(int shift) {
    if (means.length == 0) {
      return 0;
    }
    int sum = version == 1 ? 0 : means.length / 2;
    for (int mean : means) {
      sum += mean;
    }
    int average = sum / means.length;
    return version == 1 ? average : average >> shift;
  }

  /** A sample of the history or the block. */
  int sample(int at) {
    return samples[at];
  }

  /** The prediction of sample {@code at} by DIFF0 to DIFF3. */
  int difference(int order, int at) {
    return switch (order) {
      case 0 -> offset;
      case 1 -> samples[at - 1];
      case 2 -> 2 * samples[at - 1] - samples[at - 2];
      default -> 3 * (samples[at - 1] - samples[at - 2]) + samples[at - 3];
    };
  }

  /** The prediction of sample {@code at} by QLPC. */
  long linear(int[] coefficients, int at) {
    long sum = version == 1 ? 0 : 1 << Shorten.FRACTION;
    for (int j = 0; j < coefficients.length; j++) {
      sum += (long) coefficients[j] * (samples[at - 1 - j] - offset);
    }
    return (sum >> Shorten.FRACTION) + offset;
  }

  /** Ends a block: its mean counts from now on, and its last samples are the history. */
  void end(int size, int shift) {
    if (means.length > 0) {
      long sum = version == 1 ? 0 : size / 2;
      for (int k = history; k < history + size; k++) {
        sum += samples[k];
      }
      System.arraycopy(means, 1, means, 0, means.length - 1);
      int mean = (int) (sum / size);
      means[means.length - 1] = version == 1 ? mean : mean << shift;
    }
    System.arraycopy(samples, size, samples, 0, history);
  }
}
