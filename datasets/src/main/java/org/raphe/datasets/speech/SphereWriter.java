package org.raphe.datasets.speech;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes NIST SPHERE files of amplitudes of 16 bits, packed by shorten, as the discs hold them. */
public final class SphereWriter {
  private static final int SIZE = 1024;

  private SphereWriter() {}

  /**
   * A file of one channel.
   *
   * @param recording what it holds
   * @param texts more fields of the header, such as {@code speaker_id}, in order
   * @throws IllegalArgumentException if the fields do not fit the header of 1024 bytes
   */
  public static byte[] file(WavRecording recording, Map<String, String> texts) {
    short[][] samples = {recording.samples()};
    Map<String, Object> fields = new LinkedHashMap<>(texts);
    fields.put("channel_count", 1);
    fields.put("sample_count", recording.samples().length);
    fields.put("sample_rate", recording.sampleRate());
    fields.put("sample_n_bytes", 2);
    fields.put("sample_byte_format", "01");
    fields.put("sample_coding", "pcm,embedded-shorten-v2.00");
    fields.put("sample_checksum", SphereReader.checksum(samples));
    int[] amplitudes = new int[recording.samples().length];
    for (int k = 0; k < amplitudes.length; k++) {
      amplitudes[k] = recording.samples()[k];
    }
    byte[] stream =
        ShortenEncoder.pack(
            ShortenEncoder.Settings.DEFAULT, Shorten.LITTLE_ENDIAN, new int[][] {amplitudes});
    return file(fields, stream);
  }

  /** A header of these fields, whole numbers or texts, and what follows it. */
  static byte[] file(Map<String, Object> fields, byte[] samples) {
    var text = new StringBuilder(SphereHeader.MAGIC);
    text.append(String.format(Locale.ROOT, "%7d\n", SIZE));
    fields.forEach(
        (name, value) -> {
          String type = value instanceof Integer ? "-i" : "-s" + value.toString().length();
          text.append(name).append(' ').append(type).append(' ').append(value).append('\n');
        });
    text.append("end_head\n");
    byte[] header = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    if (header.length > SIZE) {
      throw new IllegalArgumentException(
          "the header has " + header.length + " bytes, and at most " + SIZE + " fit");
    }
    byte[] file = Arrays.copyOf(header, SIZE + samples.length);
    Arrays.fill(file, header.length, SIZE, (byte) ' ');
    System.arraycopy(samples, 0, file, SIZE, samples.length);
    return file;
  }
}
