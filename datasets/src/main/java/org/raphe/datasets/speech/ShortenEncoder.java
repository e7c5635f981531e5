package org.raphe.datasets.speech;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Packs samples without loss as a {@link Shorten} stream. Of all ways to predict a block the one
 * with the fewest bits is taken; low bits that are 0 throughout a block are left out by a bit
 * shift.
 */
final class ShortenEncoder {

  /**
   * How samples are packed.
   *
   * @param version 1 or 2
   * @param blockSize samples of a block
   * @param order most coefficients of a linear prediction, 0 for none
   * @param means block means of which an offset is the mean, 0 for no offset
   */
  record Settings(int version, int blockSize, int order, int means) {
    /** What the discs of TIDIGITS have, and linear predictions beside. */
    static final Settings DEFAULT = new Settings(2, 256, 8, 4);
  }

  /** A way to pack a block and what is left. */
  private record Packing(int command, int[] coefficients, int[] residuals, int low, long bits) {}

  private static final int MOST_LOW = 16;

  private final Settings settings;
  private final int type;
  private final BitWriter bits = new BitWriter();
  private final ShortenChannel[] channels;
  private int shift;

  private ShortenEncoder(Settings settings, int type, int channelCount) {
    this.settings = settings;
    this.type = type;
    channels = new ShortenChannel[channelCount];
    for (int k = 0; k < channelCount; k++) {
      channels[k] = new ShortenChannel(settings.version(), settings.order(), settings.means());
    }
  }

  /**
   * Packs samples.
   *
   * @param type {@link Shorten#LITTLE_ENDIAN} or {@link Shorten#BIG_ENDIAN} for amplitudes of 16
   *     bits, {@link Shorten#LOSSLESS_MU_LAW} for values -128..127 that stand for codes
   * @param samples {@code [channel][sample]}, as many of each channel
   * @return the stream, which begins with shorten's magic letters
   */
  static byte[] pack(Settings settings, int type, int[][] samples) {
    return new ShortenEncoder(settings, type, samples.length).pack(samples);
  }

  private byte[] pack(int[][] samples) {
    for (int number :
        new int[] {
          type, channels.length, settings.blockSize(), settings.order(), settings.means(), 0
        }) {
      bits.selfSized(number);
    }
    int count = samples[0].length;
    for (int at = 0; at < count; at += settings.blockSize()) {
      int size = Math.min(settings.blockSize(), count - at);
      if (size < settings.blockSize()) {
        bits.unsigned(Shorten.BLOCK_SIZE, Shorten.COMMAND_BITS);
        bits.selfSized(size);
      }
      for (int k = 0; k < channels.length; k++) {
        block(channels[k], Arrays.copyOfRange(samples[k], at, at + size));
      }
    }
    bits.unsigned(Shorten.QUIT, Shorten.COMMAND_BITS);
    byte[] packed = bits.bytes();
    byte[] magic = Shorten.MAGIC.getBytes(StandardCharsets.US_ASCII);
    byte[] stream = Arrays.copyOf(magic, magic.length + 1 + packed.length);
    stream[magic.length] = (byte) settings.version();
    System.arraycopy(packed, 0, stream, magic.length + 1, packed.length);
    return stream;
  }

  private void block(ShortenChannel channel, int[] block) {
    int union = 0;
    for (int sample : block) {
      union |= sample;
    }
    if (union != 0) {
      shiftTo(type == Shorten.LOSSLESS_MU_LAW ? 0 : Integer.numberOfTrailingZeros(union));
    }
    int[] samples = channel.begin(block.length, shift);
    for (int k = 0; k < block.length; k++) {
      samples[channel.first() + k] = block[k] >> shift;
    }
    if (union == 0) {
      bits.unsigned(Shorten.ZERO, Shorten.COMMAND_BITS);
    } else {
      write(best(channel, block.length));
    }
    channel.end(block.length, shift);
  }

  private void shiftTo(int wanted) {
    if (wanted != shift) {
      bits.unsigned(Shorten.BIT_SHIFT, Shorten.COMMAND_BITS);
      bits.unsigned(wanted, Shorten.SHIFT_BITS);
      shift = wanted;
    }
  }

  private Packing best(ShortenChannel channel, int size) {
    Packing best = null;
    for (int command = Shorten.DIFF0; command <= Shorten.DIFF3; command++) {
      best = shorter(best, packing(channel, command, new int[0], size));
    }
    double[] signal = new double[size];
    for (int k = 0; k < size; k++) {
      signal[k] = channel.sample(channel.first() + k) - channel.offset();
    }
    for (int[] coefficients : LinearPrediction.ofOrders(signal, settings.order())) {
      best = shorter(best, packing(channel, Shorten.QLPC, coefficients, size));
    }
    return best;
  }

  private static Packing shorter(Packing one, Packing other) {
    return one == null || other.bits() < one.bits() ? other : one;
  }

  private static Packing packing(
      ShortenChannel channel, int command, int[] coefficients, int size) {
    int[] residuals = new int[size];
    for (int k = 0; k < size; k++) {
      int at = channel.first() + k;
      long predicted =
          command == Shorten.QLPC
              ? channel.linear(coefficients, at)
              : channel.difference(command, at);
      residuals[k] = Math.toIntExact(channel.sample(at) - predicted);
    }
    long fewest = Long.MAX_VALUE;
    int chosen = 0;
    for (int low = 0; low <= MOST_LOW; low++) {
      long count = (long) size * (low + 2);
      for (int residual : residuals) {
        count += BitWriter.folded(residual) >>> low + 1;
      }
      if (count < fewest) {
        fewest = count;
        chosen = low;
      }
    }
    // A coefficient takes about twice its fraction bits.
    return new Packing(
        command, coefficients, residuals, chosen, fewest + 10L * coefficients.length);
  }

  private void write(Packing packing) {
    bits.unsigned(packing.command(), Shorten.COMMAND_BITS);
    bits.unsigned(packing.low(), Shorten.RESIDUAL_BITS);
    if (packing.command() == Shorten.QLPC) {
      bits.unsigned(packing.coefficients().length, Shorten.ORDER_BITS);
      for (int coefficient : packing.coefficients()) {
        bits.signed(coefficient, Shorten.COEFFICIENT_BITS);
      }
    }
    for (int residual : packing.residuals()) {
      bits.signed(residual, packing.low());
    }
  }
}
