package org.raphe.datasets.speech;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.raphe.InputException;
import org.raphe.IoFailure;

/**
 * Reads RIFF WAV files of uncompressed 16-bit PCM, one channel: chunks of a 4-letter name, a
 * little-endian size of 4 bytes and that many bytes, padded to even. The chunks {@code fmt } and
 * {@code data} are read and others skipped.
 *
 * <p>A file is untrusted: its size is checked before it is read, every chunk must end within the
 * file, and whatever is wrong is an {@link InputException} of one line that names file, offset,
 * field, what was expected and what was found.
 */
public final class WavReader {
  /** Largest file that is read, in bytes: 64 MiB, over an hour at 8 kHz. */
  public static final int MAX_BYTES = 1 << 26;

  /** Lowest sampling rate that is believed, in Hz. */
  public static final int MIN_RATE = 1_000;

  /** Highest sampling rate that is believed, in Hz. */
  public static final int MAX_RATE = 384_000;

  private static final int PCM = 1;
  private static final int FORMAT_BYTES = 16;

  private final String source;
  private final ByteBuffer file;

  private WavReader(String source, byte[] file) {
    this.source = source;
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read or is not such a WAV file
   */
  public static WavRecording read(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new InputException("cannot read " + path + ": no such file; give a WAV file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return read(path.toString(), in.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + path + ": " + IoFailure.reason(e) + "; give a readable WAV file", e);
    }
  }

  /**
   * Reads a file from memory.
   *
   * @param source what messages call the file
   * @param file its content, at most {@link #MAX_BYTES}
   * @throws InputException if it is not such a WAV file
   */
  public static WavRecording read(String source, byte[] file) {
    return new WavReader(source, file).recording();
  }

  private WavRecording recording() {
    if (file.limit() > MAX_BYTES) {
      throw fault(0, "file size", "at most " + MAX_BYTES + " bytes", "more");
    }
    expectName(0, "RIFF");
    expectName(8, "WAVE");
    int rate = 0;
    int at = 12;
    while (at < file.limit()) {
      String name = name(at);
      int start = at + 8;
      long size = chunkSize(at, name);
      if (name.equals("fmt ")) {
        rate = format(start, size);
      } else if (name.equals("data")) {
        return new WavRecording(rate, samples(at, rate, size));
      }
      at = Math.toIntExact(Math.min(start + size + (size & 1), file.limit()));
    }
    throw fault(at, "chunk \"data\"", "one", "end of file");
  }

  private void expectName(int at, String expected) {
    String found = name(at);
    if (!found.equals(expected)) {
      throw fault(at, "file type", expected, '"' + printable(found) + '"');
    }
  }

  private String name(int at) {
    if (file.limit() - at < 4) {
      throw fault(at, "name", "4 letters", "end of file");
    }
    return new String(file.array(), at, 4, StandardCharsets.ISO_8859_1);
  }

  private long chunkSize(int at, String name) {
    String field = "size of chunk \"" + printable(name) + '"';
    if (file.limit() - at < 8) {
      throw fault(at + 4, field, "4 bytes", "end of file");
    }
    long size = Integer.toUnsignedLong(file.getInt(at + 4));
    if (size > file.limit() - at - 8) {
      throw fault(
          at + 4, field, "at most the " + (file.limit() - at - 8) + " bytes left", "" + size);
    }
    return size;
  }

  /** Checks the format chunk and gives the sampling rate in Hz. */
  private int format(int at, long size) {
    if (size < FORMAT_BYTES) {
      throw fault(at - 4, "size of chunk \"fmt \"", "at least " + FORMAT_BYTES, "" + size);
    }
    expect(at, "encoding", PCM, file.getShort(at) & 0xffff);
    expect(at + 2, "channels", 1, file.getShort(at + 2) & 0xffff);
    expect(at + 14, "bits a sample", 16, file.getShort(at + 14) & 0xffff);
    long rate = Integer.toUnsignedLong(file.getInt(at + 4));
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw fault(at + 4, "sampling rate", MIN_RATE + ".." + MAX_RATE + " Hz", "" + rate);
    }
    return (int) rate;
  }

  private void expect(int at, String field, int expected, int found) {
    if (found != expected) {
      throw fault(at, field, String.valueOf(expected), String.valueOf(found));
    }
  }

  private short[] samples(int at, int rate, long size) {
    if (rate == 0) {
      throw fault(at, "chunk", "\"fmt \" before \"data\"", "\"data\"");
    }
    if (size < 2 || size % 2 != 0) {
      throw fault(at + 4, "size of chunk \"data\"", "whole samples of 2 bytes", "" + size);
    }
    short[] samples = new short[(int) size / 2];
    file.position(at + 8);
    file.asShortBuffer().get(samples);
    return samples;
  }

  /** Bytes of a name go into messages only where they are letters on any terminal. */
  private static String printable(String name) {
    return name.replaceAll("[^ -~]", "?");
  }

  private InputException fault(long at, String field, String expected, String found) {
    return new InputException(
        source
            + ": offset "
            + at
            + ", "
            + field
            + ": expected "
            + expected
            + ", found "
            + found
            + "; give a RIFF WAV file, mono, 16-bit PCM");
  }
}
