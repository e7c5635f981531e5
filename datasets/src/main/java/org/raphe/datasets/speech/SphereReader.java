package org.raphe.datasets.speech;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.raphe.BoundedFile;
import org.raphe.InputException;
import org.raphe.IoFailure;

/**
 * Reads NIST SPHERE files: PCM of 16 bits in both byte orders and mu-law, packed by shorten
 * (versions 1 and 2) or not. The file's own checksum is verified.
 *
 * <p>A file is untrusted: nothing is allocated before its size is known to be believable, and
 * whatever is wrong is an {@link InputException} of one line that names file, field, what was
 * expected and what was found.
 */
public final class SphereReader {
  /** Largest file that is read, in bytes. */
  public static final int MAX_BYTES = 1 << 25;

  private final String source;
  private final byte[] file;
  private final SphereHeader header;

  private SphereReader(String source, byte[] file) {
    this.source = source;
    this.file = file;
    header = SphereHeader.read(source, file);
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read or is not such a SPHERE file
   */
  public static Sound read(Path path) {
    try {
      return read(path.toString(), BoundedFile.read(path, MAX_BYTES));
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + path + ": " + IoFailure.reason(e) + "; give a readable SPHERE file", e);
    }
  }

  /**
   * Reads a file from memory.
   *
   * @param source what messages call the file
   * @param file its content
   * @throws InputException if it is not such a SPHERE file
   */
  public static Sound read(String source, byte[] file) {
    return new SphereReader(source, file).sound();
  }

  private Sound sound() {
    short[][] stored =
        header.shortened() ? ShortenDecoder.unpack(source, file, header) : unpacked();
    verify(stored);
    if (header.coding().equals(SphereHeader.MU_LAW)) {
      for (short[] channel : stored) {
        for (int k = 0; k < channel.length; k++) {
          channel[k] = MuLaw.amplitude(channel[k]);
        }
      }
    }
    return new Sound(form(), header.rate(), stored, header.checksum() != null);
  }

  private String form() {
    return "SPHERE " + header.coding() + (header.shortened() ? " shortened" : "");
  }

  /** Samples that were not packed: amplitudes of 16 bits, or codes of mu-law. */
  private short[][] unpacked() {
    int channels = header.channels();
    int samples = header.samples();
    long needed = (long) channels * samples * header.sampleBytes();
    int there = file.length - header.size();
    // A checksum tells that what is behind the samples is no part of them; nothing else does.
    if (there < needed || (there > needed && header.checksum() == null)) {
      throw SphereFault.of(source, "bytes of samples", needed + " as the header says", there);
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(file)
            .order(header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .position(header.size());
    short[][] stored = new short[channels][samples];
    boolean wide = header.sampleBytes() == 2;
    for (int k = 0; k < samples; k++) {
      for (int channel = 0; channel < channels; channel++) {
        stored[channel][k] = wide ? bytes.getShort() : (short) (bytes.get() & 0xff);
      }
    }
    return stored;
  }

  private void verify(short[][] stored) {
    if (header.checksum() == null) {
      return;
    }
    int sum = checksum(stored);
    if (sum != header.checksum()) {
      throw SphereFault.of(
          source,
          "checksum of the samples",
          header.checksum() + " as the header says",
          Integer.toString(sum));
    }
  }

  /** Sum of samples as they are stored, modulo 65536. */
  static int checksum(short[][] stored) {
    int sum = 0;
    for (short[] channel : stored) {
      for (short sample : channel) {
        sum += sample;
      }
    }
    return sum & 0xffff;
  }
}
