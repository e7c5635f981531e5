package org.raphe.datasets.speech;

import java.io.ByteArrayOutputStream;

/** Writes shorten's numbers as bits, most significant first; the reverse of {@link BitReader}. */
final class BitWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int used;

  private void bit(int bit) {
    current = current << 1 | bit;
    if (++used == 8) {
      bytes.write(current);
      current = 0;
      used = 0;
    }
  }

  /** The number uvar(k). */
  void unsigned(int number, int k) {
    for (int zeros = number >>> k; zeros > 0; zeros--) {
      bit(0);
    }
    bit(1);
    for (int low = k - 1; low >= 0; low--) {
      bit(number >>> low & 1);
    }
  }

  /** The number var(k). */
  void signed(int number, int k) {
    unsigned(folded(number), k + 1);
  }

  /** The number ulong, with the fewest low bits that need one zero at most. */
  void selfSized(int number) {
    int low = Math.max(0, 31 - Integer.numberOfLeadingZeros(number));
    unsigned(low, 2);
    unsigned(number, low);
  }

  /** A signed number as one that is not: 0, -1, 1, -2, ... are 0, 1, 2, 3. */
  static int folded(int number) {
    return number << 1 ^ number >> 31;
  }

  /** All bytes, the last filled up with zeros. */
  byte[] bytes() {
    while (used > 0) {
      bit(0);
    }
    return bytes.toByteArray();
  }
}
