package org.raphe.datasets.speech;

/**
 * Mu-law, by which telephones pack an amplitude into a byte: sign, exponent of 3 bits, mantissa of
 * 4 bits, all inverted.
 *
 * <p>Source: ITU-T recommendation G.711 (1988), table 2, with amplitudes at the scale of 16 bits.
 */
final class MuLaw {
  private static final int BIAS = 0x84;

  private MuLaw() {}

  /** The amplitude of a code 0..255, within 32124 either way. */
  static short amplitude(int code) {
    int bits = ~code & 0xff;
    int magnitude = (((bits & 0xf) << 3) + BIAS << (bits >> 4 & 7)) - BIAS;
    return (short) ((bits & 0x80) != 0 ? -magnitude : magnitude);
  }
}
