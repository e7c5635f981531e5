package org.raphe.datasets.speech;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NIST SPHERE file: the line {@code NIST_1A}, a line of the header's size, lines
 * {@code name -i N}, {@code name -r X} or {@code name -sL text}, the line {@code end_head}, and
 * padding up to that size.
 *
 * @param size bytes of the header, at which the samples begin
 * @param channels channels, which take turns
 * @param samples samples of each channel
 * @param rate samples a second, in Hz
 * @param coding {@code pcm} or {@code ulaw}
 * @param shortened whether the samples are packed by shorten
 * @param bigEndian byte order of samples that are not packed; those of one byte have none
 * @param checksum sum of all samples modulo 65536, or null where the file has none
 */
record SphereHeader(
    int size,
    int channels,
    int samples,
    int rate,
    String coding,
    boolean shortened,
    boolean bigEndian,
    Integer checksum) {
  /** How a SPHERE file begins. */
  static final String MAGIC = "NIST_1A\n";

  /** Linear samples of two bytes. */
  static final String PCM = "pcm";

  /** Logarithmic samples of one byte. */
  static final String MU_LAW = "ulaw";

  /** Most samples that are believed, all channels together: 7 minutes at 20 kHz. */
  static final int MAX_SAMPLES = 1 << 23;

  private static final int MAX_CHANNELS = 8;
  private static final int MAX_SIZE = 1 << 16;
  private static final int SIZE_LINE = 8;
  private static final String END = "end_head";
  private static final Pattern FIELD =
      Pattern.compile("(\\w{1,64}) -(?:i (-?[0-9]{1,18})|r (\\S{1,40})|s([0-9]{1,5}) (.*))");
  private static final Pattern SHORTENED = Pattern.compile("(\\w+),embedded-shorten-v[0-9.]{1,8}");

  /** Number of bytes of a sample that is not packed. */
  int sampleBytes() {
    return coding.equals(PCM) ? 2 : 1;
  }

  /**
   * Reads the header of a file.
   *
   * @param source what messages call the file
   * @throws org.raphe.InputException if it is none, lies about what can be checked, or describes
   *     samples that are not read here
   */
  static SphereHeader read(String source, byte[] file) {
    int size = size(source, file);
    Map<String, String> fields =
        fields(source, new String(file, 0, size, StandardCharsets.ISO_8859_1));
    var typed = new Fields(source, fields);
    int channels = typed.number("channel_count", 1, MAX_CHANNELS);
    int samples = typed.number("sample_count", 1, MAX_SAMPLES / channels);
    int rate = typed.number("sample_rate", WavReader.MIN_RATE, WavReader.MAX_RATE);
    String text = fields.getOrDefault("sample_coding", PCM).toLowerCase(Locale.ROOT);
    Matcher packed = SHORTENED.matcher(text);
    boolean shortened = packed.matches();
    String coding = shortened ? packed.group(1) : text;
    if (!coding.equals(PCM) && !coding.equals(MU_LAW)) {
      throw SphereFault.of(
          source, "sample_coding", "pcm or ulaw, packed by shorten or not at all", text);
    }
    int bytes = coding.equals(PCM) ? 2 : 1;
    typed.number("sample_n_bytes", bytes, bytes);
    boolean bigEndian = bytes == 2 && !shortened && typed.bigEndian();
    Integer checksum =
        fields.containsKey("sample_checksum") ? typed.number("sample_checksum", 0, 0xffff) : null;
    return new SphereHeader(size, channels, samples, rate, coding, shortened, bigEndian, checksum);
  }

  private static int size(String source, byte[] file) {
    int lines = MAGIC.length() + SIZE_LINE;
    String start = new String(file, 0, Math.min(file.length, lines), StandardCharsets.ISO_8859_1);
    String name = MAGIC.strip();
    if (!start.startsWith(name)) {
      String found = start.substring(0, Math.min(name.length(), start.length()));
      throw SphereFault.of(source, "file type", name, found);
    }
    String line = start.substring(name.length());
    if (!line.matches("\\n *[0-9]{1,7}\\n")) {
      throw SphereFault.of(source, "size of the header", "a line of 8 bytes", line.strip());
    }
    int size = Integer.parseInt(line.strip());
    if (size < lines || size > Math.min(MAX_SIZE, file.length)) {
      throw SphereFault.of(
          source,
          "size of the header",
          lines + ".." + Math.min(MAX_SIZE, file.length) + " bytes, which the file has",
          size);
    }
    return size;
  }

  private static Map<String, String> fields(String source, String header) {
    Map<String, String> fields = new HashMap<>();
    String[] lines = header.substring(MAGIC.length() + SIZE_LINE).split("\n", -1);
    for (int k = 0; k < lines.length; k++) {
      String place = "line " + (k + 3) + " of the header";
      if (lines[k].strip().equals(END)) {
        return fields;
      }
      Matcher field = FIELD.matcher(lines[k]);
      if (!field.matches()) {
        throw SphereFault.of(source, place, "a field or end_head", lines[k].strip());
      }
      if (fields.put(field.group(1), value(source, place, field)) != null) {
        throw SphereFault.of(source, place, "each field once", field.group(1));
      }
    }
    throw SphereFault.of(source, "header", "a line end_head", "none");
  }

  private static String value(String source, String place, Matcher field) {
    if (field.group(2) != null || field.group(3) != null) {
      return field.group(2) != null ? field.group(2) : field.group(3);
    }
    int length = Integer.parseInt(field.group(4));
    String text = field.group(5);
    if (text.length() < length) {
      throw SphereFault.of(source, place, length + " characters of text", text.length());
    }
    return text.substring(0, length);
  }

  /** Fields by name, and what they must be. */
  private record Fields(String source, Map<String, String> texts) {
    String text(String name) {
      String text = texts.get(name);
      if (text == null) {
        throw SphereFault.of(source, name, "a field of the header", "none");
      }
      return text;
    }

    int number(String name, int least, int most) {
      String text = text(name);
      String expected = least == most ? "" + least : least + ".." + most;
      if (!text.matches("-?[0-9]{1,18}")
          || Long.parseLong(text) < least
          || Long.parseLong(text) > most) {
        throw SphereFault.of(source, name, expected, text);
      }
      return Integer.parseInt(text);
    }

    boolean bigEndian() {
      String order = text("sample_byte_format");
      if (!order.equals("01") && !order.equals("10")) {
        throw SphereFault.of(source, "sample_byte_format", "01 or 10", order);
      }
      return order.equals("10");
    }
  }
}
