package org.raphe.datasets.speech;

/**
 * The shorten format, versions 1 and 2, as far as SPHERE files use it: {@code ajkg}, a byte of the
 * version, then bits. A header of numbers is followed by commands; most of them are a block of
 * samples of one channel, channels taking turns, as residuals of a prediction from the samples
 * before.
 *
 * <p>Source: T. Robinson, "SHORTEN: simple lossless and near-lossless waveform compression",
 * technical report CUED/F-INFENG/TR.156, Cambridge University, 1994.
 */
final class Shorten {
  static final String MAGIC = "ajkg";

  /** Residuals of an offset, of the last sample, and of lines and parabolas through the last. */
  static final int DIFF0 = 0;

  static final int DIFF3 = 3;
  static final int QUIT = 4;
  static final int BLOCK_SIZE = 5;
  static final int BIT_SHIFT = 6;

  /** Residuals of a linear prediction whose coefficients come with the block. */
  static final int QLPC = 7;

  static final int ZERO = 8;
  static final int VERBATIM = 9;

  /** Samples of 16 bits that were big-endian, and little-endian, before they were packed. */
  static final int BIG_ENDIAN = 3;

  static final int LITTLE_ENDIAN = 5;

  /** Bytes of mu-law, of which there are two types. */
  static final int MU_LAW = 7;

  static final int LOSSLESS_MU_LAW = 8;

  /** Low bits of the numbers that name things; each number is uvar of these. */
  static final int COMMAND_BITS = 2;

  static final int RESIDUAL_BITS = 3;
  static final int ORDER_BITS = 2;
  static final int COEFFICIENT_BITS = 5;
  static final int SHIFT_BITS = 2;

  /** Fraction bits of a coefficient. */
  static final int FRACTION = 5;

  private Shorten() {}

  /**
   * The mu-law code of a packed value -128..127: values count from the quietest codes, 0xff upwards
   * in amplitude and 0x7f downwards.
   */
  static int code(int value) {
    return value >= 0 ? 0xff - value : 0x80 + value;
  }
}
