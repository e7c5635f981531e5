package org.raphe.datasets.speech;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Shorten streams written bit by bit for tests, from the format's description alone. */
final class ShortenStream {
  private final int version;
  private final StringBuilder bits = new StringBuilder();

  ShortenStream(int version, int type, int channels, int blockSize, int order, int means) {
    this.version = version;
    ulong(type).ulong(channels).ulong(blockSize).ulong(order).ulong(means).ulong(0);
  }

  /** Zeros as many as the high part, a one, then k low bits. */
  ShortenStream uvar(int number, int k) {
    bits.append("0".repeat(number >> k)).append('1');
    for (int bit = k - 1; bit >= 0; bit--) {
      bits.append(number >> bit & 1);
    }
    return this;
  }

  ShortenStream var(int number, int k) {
    return uvar(number >= 0 ? 2 * number : -2 * number - 1, k + 1);
  }

  ShortenStream ulong(int number) {
    return uvar(5, 2).uvar(number, 5);
  }

  /** A command that is followed by samples: residuals with {@code low} low bits. */
  ShortenStream difference(int command, int low, int... residuals) {
    uvar(command, 2).uvar(low, 3);
    for (int residual : residuals) {
      var(residual, low);
    }
    return this;
  }

  ShortenStream linear(int low, int[] coefficients, int... residuals) {
    uvar(7, 2).uvar(low, 3).uvar(coefficients.length, 2);
    for (int coefficient : coefficients) {
      var(coefficient, 5);
    }
    for (int residual : residuals) {
      var(residual, low);
    }
    return this;
  }

  ShortenStream bitShift(int shift) {
    return uvar(6, 2).uvar(shift, 2);
  }

  ShortenStream blockSize(int size) {
    return uvar(5, 2).ulong(size);
  }

  ShortenStream command(int command) {
    return uvar(command, 2);
  }

  byte[] bytes() {
    var stream = new ByteArrayOutputStream();
    stream.writeBytes("ajkg".getBytes(StandardCharsets.US_ASCII));
    stream.write(version);
    String padded = bits + "0".repeat((8 - bits.length() % 8) % 8);
    for (int at = 0; at < padded.length(); at += 8) {
      stream.write(Integer.parseInt(padded.substring(at, at + 8), 2));
    }
    return stream.toByteArray();
  }

  /** A SPHERE file around a stream of amplitudes. */
  static byte[] sphere(int channels, int samples, byte[] stream) {
    return SphereWriter.file(
        Map.of(
            "channel_count",
            channels,
            "sample_count",
            samples,
            "sample_rate",
            20_000,
            "sample_n_bytes",
            2,
            "sample_coding",
            "pcm,embedded-shorten-v2.00"),
        stream);
  }
}
