package org.raphe.datasets.speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small WAV files for tests. */
public final class WavBytes {
  private WavBytes() {}

  /** A plain file of 44 bytes and the samples. */
  public static byte[] file(int channels, int bits, int rate, short... samples) {
    ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(36 + 2 * samples.length).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) channels);
    file.putInt(rate).putInt(rate * channels * bits / 8);
    file.putShort((short) (channels * bits / 8)).putShort((short) bits);
    file.put(ascii("data")).putInt(2 * samples.length);
    file.asShortBuffer().put(samples);
    return file.array();
  }

  /** A tone of the given frequency and half a second at 8 kHz. */
  public static byte[] tone(double hertz) {
    short[] samples = new short[4000];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * n / 8000));
    }
    return file(1, 16, 8000, samples);
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
