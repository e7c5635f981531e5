package org.raphe.datasets.speech;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads shorten's numbers from a stream of bits, most significant first. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Bits that a word surely holds from any bit on. */
  private static final int SURE = 57;

  /** Bits of the largest number. */
  private static final int LARGEST = 30;

  private final String source;
  private final byte[] bytes;
  private final long end;
  private long position;

  /**
   * A reader of {@code file} from the byte {@code from} on.
   *
   * @param source what messages call the file
   */
  BitReader(String source, byte[] file, int from) {
    this.source = source;
    bytes = Arrays.copyOfRange(file, from, file.length + Long.BYTES);
    end = 8L * (file.length - from);
  }

  /**
   * The number uvar(k): as many zeros as its high part says, a one, then {@code k} low bits.
   *
   * @return below 2^30
   * @throws org.raphe.InputException if the stream ends before, or the number is larger
   */
  int unsigned(int k) {
    long word = (long) LONG.get(bytes, (int) (position >>> 3)) << (position & 7);
    int zeros = Long.numberOfLeadingZeros(word);
    if (zeros + 1 + k <= SURE && position + zeros + 1 + k <= end) {
      position += zeros + 1 + k;
      if (zeros >= 1 << LARGEST - k) {
        throw tooLarge();
      }
      // Two shifts, because k may be 0 and a shift by 64 is none.
      return zeros << k | (int) (word << zeros + 1 >>> 1 >>> 63 - k);
    }
    return slowly(k);
  }

  private int slowly(int k) {
    int high = 0;
    while (bit() == 0) {
      if (++high >= 1 << LARGEST - k) {
        throw tooLarge();
      }
    }
    int number = high;
    for (int low = 0; low < k; low++) {
      number = number << 1 | bit();
    }
    return number;
  }

  /** The number var(k): uvar(k + 1), whose lowest bit tells the sign. */
  int signed(int k) {
    int number = unsigned(k + 1);
    return (number >> 1) ^ -(number & 1);
  }

  /** The number ulong: uvar(k) with k itself a number, uvar(2). */
  int selfSized(String what) {
    return unsigned(lowBits(2, what));
  }

  /**
   * A count of low bits, uvar(k), as numbers of any size need it.
   *
   * @throws org.raphe.InputException if no number here has that many
   */
  int lowBits(int k, String what) {
    int count = unsigned(k);
    if (count >= LARGEST) {
      throw SphereFault.of(source, "shorten, bits of " + what, "below " + LARGEST, count);
    }
    return count;
  }

  private int bit() {
    if (position >= end) {
      throw SphereFault.of(
          source, "shorten", "a command to end the samples", "the end of the file");
    }
    int bit = bytes[(int) (position >>> 3)] >> (int) (7 - (position & 7)) & 1;
    position++;
    return bit;
  }

  private org.raphe.InputException tooLarge() {
    return SphereFault.of(
        source, "shorten, bit " + position, "a number below 2^" + LARGEST, "a larger one");
  }
}
