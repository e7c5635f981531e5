package org.raphe.datasets.speech;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.raphe.InputException;

/**
 * Unpacks a {@link Shorten} stream. The stream is untrusted: no more samples are taken than the
 * file's header promises, memory grows with what was unpacked and not with what is promised, and
 * whatever is wrong is an {@link InputException} of one line.
 */
final class ShortenDecoder {
  private static final int START = Shorten.MAGIC.length() + 1;
  private static final int MAX_BLOCK = 1 << 16;
  private static final int MAX_ORDER = 32;
  private static final int MAX_MEANS = 32;
  private static final int MAX_SKIPPED = 1 << 12;
  private static final int FIRST_ROOM = 1 << 12;

  private final String source;
  private final BitReader bits;
  private final boolean muLaw;
  private final int mostOrder;
  private final ShortenChannel[] channels;
  private final int promised;
  private final short[][] unpacked;
  private final int[] counts;
  private int blockSize;
  private int shift;
  private int turn;

  private ShortenDecoder(String source, byte[] file, SphereHeader header) {
    this.source = source;
    int from = header.size();
    String magic =
        new String(
            file,
            from,
            Math.min(Shorten.MAGIC.length(), file.length - from),
            StandardCharsets.ISO_8859_1);
    if (!magic.equals(Shorten.MAGIC) || file.length < from + START) {
      throw SphereFault.of(source, "offset " + from, "shorten's " + Shorten.MAGIC, magic);
    }
    int version = file[from + START - 1];
    check("version", version == 1 || version == 2, "1 or 2", version);
    bits = new BitReader(source, file, from + START);
    muLaw = type(header);
    int count = number("channels", header.channels(), header.channels());
    blockSize = number("block size", 1, MAX_BLOCK);
    mostOrder = number("coefficients", 0, MAX_ORDER);
    int means = number("means", 0, MAX_MEANS);
    int skipped = number("bytes to skip", 0, MAX_SKIPPED);
    skip(skipped);
    channels = new ShortenChannel[count];
    for (int k = 0; k < count; k++) {
      channels[k] = new ShortenChannel(version, mostOrder, means);
    }
    promised = header.samples();
    unpacked = new short[count][Math.min(promised, FIRST_ROOM)];
    counts = new int[count];
  }

  /**
   * Unpacks the samples of a SPHERE file.
   *
   * @param source what messages call the file
   * @param file the whole file
   * @return {@code [channel][sample]}, amplitudes of 16 bits or codes of mu-law
   * @throws InputException if the stream is of another version, is damaged or does not hold what
   *     the header promises
   */
  static short[][] unpack(String source, byte[] file, SphereHeader header) {
    return new ShortenDecoder(source, file, header).unpack();
  }

  /** Whether samples are mu-law, on which both headers must agree. */
  private boolean type(SphereHeader header) {
    int type = bits.selfSized("the type");
    if (header.coding().equals(SphereHeader.MU_LAW)) {
      boolean known = type == Shorten.MU_LAW || type == Shorten.LOSSLESS_MU_LAW;
      check("type of samples", known, "7 or 8, mu-law", type);
      return true;
    }
    boolean known = type == Shorten.BIG_ENDIAN || type == Shorten.LITTLE_ENDIAN;
    check("type of samples", known, "3 or 5, signed 16 bits", type);
    return false;
  }

  private int number(String what, int least, int most) {
    int number = bits.selfSized(what);
    String expected = least == most ? "" + least : least + ".." + most;
    check(what, number >= least && number <= most, expected, number);
    return number;
  }

  private void check(String what, boolean holds, String expected, Object found) {
    if (!holds) {
      throw SphereFault.of(source, "shorten, " + what, expected, found);
    }
  }

  private void skip(int bytes) {
    for (int k = 0; k < bytes; k++) {
      bits.unsigned(8);
    }
  }

  private short[][] unpack() {
    while (true) {
      int command = bits.unsigned(Shorten.COMMAND_BITS);
      switch (command) {
        case Shorten.QUIT:
          return whole();
        case Shorten.BLOCK_SIZE:
          blockSize = number("block size", 1, MAX_BLOCK);
          break;
        case Shorten.BIT_SHIFT:
          shift = bits.unsigned(Shorten.SHIFT_BITS);
          // What a shift leaves of mu-law is a table that nobody describes.
          check("bit shift", shift <= (muLaw ? 0 : 15), muLaw ? "0 for mu-law" : "0..15", shift);
          break;
        case Shorten.VERBATIM:
          skip(bits.unsigned(5));
          break;
        default:
          check("command", command <= Shorten.VERBATIM, "0..9", command);
          block(command);
          break;
      }
    }
  }

  private short[][] whole() {
    for (int count : counts) {
      check("samples of a channel", count == promised, promised + " as the header says", count);
    }
    return unpacked;
  }

  private void block(int command) {
    int left = promised - counts[turn];
    check("samples of a block", blockSize <= left, "at most " + left, blockSize);
    ShortenChannel channel = channels[turn];
    int[] samples = channel.begin(blockSize, shift);
    int first = channel.first();
    if (command == Shorten.ZERO) {
      Arrays.fill(samples, first, first + blockSize, 0);
    } else {
      int low = bits.lowBits(Shorten.RESIDUAL_BITS, "residuals");
      check("bits of residuals", low < 29, "below 29", low);
      if (command == Shorten.QLPC) {
        linear(channel, samples, low);
      } else {
        differences(command, channel, samples, low);
      }
    }
    keep(samples, first);
    channel.end(blockSize, shift);
    turn = (turn + 1) % channels.length;
  }

  private void differences(int order, ShortenChannel channel, int[] samples, int low) {
    int first = channel.first();
    for (int at = first; at < first + blockSize; at++) {
      samples[at] = inRange(bits.signed(low) + channel.difference(order, at));
    }
  }

  private void linear(ShortenChannel channel, int[] samples, int low) {
    int[] coefficients = new int[order()];
    for (int j = 0; j < coefficients.length; j++) {
      coefficients[j] = bits.signed(Shorten.COEFFICIENT_BITS);
    }
    int first = channel.first();
    for (int at = first; at < first + blockSize; at++) {
      samples[at] = inRange(bits.signed(low) + channel.linear(coefficients, at));
    }
  }

  private int order() {
    int order = bits.unsigned(Shorten.ORDER_BITS);
    check("coefficients of a block", order <= mostOrder, "at most " + mostOrder, order);
    return order;
  }

  /** A sample that fits its type; nothing computed from such overflows. */
  private int inRange(long sample) {
    int most = muLaw ? Byte.MAX_VALUE : Short.MAX_VALUE >> shift;
    if (sample > most || sample < -most - 1) {
      throw SphereFault.of(
          source, "shorten, a sample", (-most - 1) + ".." + most, Long.toString(sample));
    }
    return (int) sample;
  }

  private void keep(int[] samples, int first) {
    short[] target = unpacked[turn];
    int count = counts[turn];
    if (target.length < count + blockSize) {
      int room = Math.min(promised, Math.max(2 * target.length, count + blockSize));
      target = Arrays.copyOf(target, room);
      unpacked[turn] = target;
    }
    for (int k = 0; k < blockSize; k++) {
      int sample = samples[first + k];
      target[count + k] = (short) (muLaw ? Shorten.code(sample) : sample << shift);
    }
    counts[turn] = count + blockSize;
  }
}
