package org.raphe.datasets.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.raphe.datasets.Failures.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;

class SphereReaderTest {
  @TempDir Path folder;

  private static Map<String, Object> fields(int channels, int samples, String order) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("database_id", "TIDIGITS");
    fields.put("channel_count", channels);
    fields.put("sample_count", samples);
    fields.put("sample_rate", 20_000);
    fields.put("sample_n_bytes", 2);
    fields.put("sample_byte_format", order);
    return fields;
  }

  private static void assertRefused(String field, Object value, String... parts) {
    Map<String, Object> fields = fields(1, 2, "01");
    fields.put("sample_checksum", 3);
    fields.put(field, value);
    byte[] file = SphereWriter.file(fields, new byte[] {1, 0, 2, 0});
    assertFails(InputException.class, () -> SphereReader.read("a.wav", file), parts);
  }

  /**
   * Two recordings of the corpus, which are not part of the project: RAPHE_SPHERE names their
   * folder.
   */
  @Test
  void realRecordingsHaveTheirChecksum() {
    String named = System.getProperty("RAPHE_SPHERE", System.getenv("RAPHE_SPHERE"));
    Path path = Path.of(named != null ? named : "../../shared/data/sphere");
    if (!Files.isDirectory(path)) {
      System.out.println(
          "skipped: no recordings in " + path + "; set RAPHE_SPHERE to their folder");
    }
    assumeTrue(Files.isDirectory(path), "no recordings in " + path);
    Sound linear = SphereReader.read(path.resolve("123_1pcle_shn.sph"));
    short[] samples = linear.mono("f").samples();
    assertTrue(linear.verified());
    assertEquals(37_120, samples.length);
    assertEquals(20_000, linear.sampleRate());
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (short sample : samples) {
      least = Math.min(least, sample);
      most = Math.max(most, sample);
    }
    assertEquals(-2677, least);
    assertEquals(2234, most);
    assertEquals(55_857, SphereReader.checksum(linear.channels()));
    Sound law = SphereReader.read(path.resolve("123_2ulaw_shn.sph"));
    assertTrue(law.verified());
    assertEquals("SPHERE ulaw shortened", law.form());
    assertEquals(2, law.channels().length);
    for (int k = 0; k < samples.length; k++) {
      // The same recording with 8 bits: steps of mu-law are within a sixteenth of the amplitude.
      assertEquals(
          samples[k], law.channels()[0][k], 8 + Math.abs(samples[k]) / 16.0, "sample " + k);
    }
  }

  @Test
  void bothByteOrdersAreRead() {
    byte[] bytes = {1, 2, -1, -2, 0, -128};
    Sound little = SphereReader.read("f", SphereWriter.file(fields(1, 3, "01"), bytes));
    assertArrayEquals(new short[] {0x201, -257, Short.MIN_VALUE}, little.channels()[0]);
    assertFalse(little.verified());
    assertEquals("SPHERE pcm", little.form());
    Sound big = SphereReader.read("f", SphereWriter.file(fields(1, 3, "10"), bytes));
    assertArrayEquals(new short[] {0x102, -2, 0x80}, big.channels()[0]);
  }

  @Test
  void channelsTakeTurns() {
    Sound sound =
        SphereReader.read(
            "f", SphereWriter.file(fields(2, 2, "01"), new byte[] {1, 0, 2, 0, 3, 0, 4, 0}));
    assertArrayEquals(new short[] {1, 3}, sound.channels()[0]);
    assertArrayEquals(new short[] {2, 4}, sound.channels()[1]);
    assertFails(
        InputException.class, () -> sound.mono("b.wav"), "b.wav has 2 channels at 20000 Hz");
  }

  @Test
  void muLawFollowsItsTable() {
    Map<String, Object> fields = fields(1, 6, "1");
    fields.put("sample_n_bytes", 1);
    fields.put("sample_coding", "ulaw");
    fields.put("sample_checksum", 0xff + 0x7f + 0x80 + 0x00 + 0xfe + 0x70);
    byte[] codes = {(byte) 0xff, 0x7f, (byte) 0x80, 0, (byte) 0xfe, 0x70};
    assertArrayEquals(
        new short[] {0, 0, 32124, -32124, 8, -120},
        SphereReader.read("f", SphereWriter.file(fields, codes)).channels()[0]);
  }

  @Test
  void muLawUnpacks() {
    Map<String, Object> fields = fields(1, 5, "1");
    fields.put("sample_n_bytes", 1);
    fields.put("sample_coding", "ulaw,embedded-shorten-v2.00");
    fields.put("sample_checksum", 0xff + 0x7f + 0xfe + 0x00 + 0x80);
    byte[] stream =
        ShortenEncoder.pack(
            ShortenEncoder.Settings.DEFAULT, 8, new int[][] {{0, -1, 1, -128, 127}});
    assertArrayEquals(
        new short[] {0, 0, 8, -32124, 32124},
        SphereReader.read("f", SphereWriter.file(fields, stream)).channels()[0]);
  }

  @Test
  void writtenFilesVerifyThemselves() throws IOException {
    short[] samples = new short[777];
    for (int k = 0; k < samples.length; k++) {
      samples[k] = (short) (9000 * Math.sin(0.05 * k));
    }
    byte[] file = SphereWriter.file(new WavRecording(16_000, samples), Map.of("speaker_id", "ae"));
    Path path = Files.write(folder.resolve("1a.wav"), file);
    Sound sound = SoundFile.read(path);
    assertTrue(sound.verified());
    assertArrayEquals(samples, sound.mono("f").samples());
    assertTrue(file.length < 1024 + samples.length, "shortened to " + file.length);
    file[file.length - 9] ^= 4;
    assertFails(InputException.class, () -> SphereReader.read("f", file), "f: ");
  }

  @Test
  void headersThatLieAreNamed() {
    assertRefused("sample_count", 3, "a.wav: bytes of samples: expected 6", "found 4");
    assertRefused("sample_count", 0, "a.wav: sample_count", "found 0");
    assertRefused("sample_count", 1 << 24, "expected 1..8388608");
    assertRefused("channel_count", 9, "channel_count: expected 1..8, found 9");
    assertRefused("sample_rate", 10, "sample_rate", "found 10");
    assertRefused("sample_n_bytes", 4, "sample_n_bytes: expected 2, found 4");
    assertRefused("sample_byte_format", "0123", "01 or 10, found 0123");
    assertRefused("sample_coding", "alaw", "a.wav: sample_coding", "found alaw");
    assertRefused("sample_coding", "pcm,embedded-wavpack", "found pcm,embedded-wavpack");
    assertRefused(
        "sample_coding", "pcm,embedded-shorten-v2.00", "offset 1024: expected shorten", "ajkg");
    assertRefused("sample_checksum", 4, "checksum of the samples: expected 4", "found 3");
    assertRefused("sample_checksum", 70_000, "sample_checksum", "found 70000");
    assertRefused("bad name", 1, "line 10 of the header", "bad name");
  }

  @Test
  void brokenHeadersAreNamed() {
    byte[] intact = SphereWriter.file(fields(1, 2, "01"), new byte[4]);
    for (int length = 0; length < intact.length; length++) {
      byte[] cut = Arrays.copyOf(intact, length);
      assertFails(InputException.class, () -> SphereReader.read("a.wav", cut), "a.wav: ");
    }
    assertHeaderRefused("NIST_1A\n  70000\nend_head\n", "size of the header", "found 70000");
    assertHeaderRefused("NIST_1A\n   1k24\nend_head\n", "a line of 8 bytes", "1k24");
    assertHeaderRefused("NIST_1A\n     40\nsample_count -i 1\n      ", "a field or end_head");
    assertHeaderRefused("NIST_1A\n     32\na -s9 short\n     ", "line 3 of the header: expected 9");
    assertHeaderRefused("NIST_1A\n     37\na -i 1\na -i 1\nend_head", "each field once, found a");
    assertHeaderRefused("NIST_1A\n     25\nend_head\n", "channel_count", "found none");
  }

  private static void assertHeaderRefused(String text, String... parts) {
    byte[] file = text.getBytes(StandardCharsets.ISO_8859_1);
    assertFails(InputException.class, () -> SphereReader.read("a.wav", file), parts);
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("a.wav"), "hello there");
    assertFails(InputException.class, () -> SoundFile.read(text), "a.wav begins with \"hello t\"");
    Path empty = Files.write(folder.resolve("b.wav"), new byte[0]);
    assertFails(InputException.class, () -> SoundFile.read(empty), "b.wav begins with \"\"");
    assertFails(InputException.class, () -> SphereReader.read(empty), "b.wav: file type");
    assertFails(InputException.class, () -> SoundFile.read(folder), "cannot read", "no");
    byte[] stereo = WavBytes.file(2, 16, 44_100, (short) 1, (short) 2);
    assertFails(
        InputException.class,
        () -> SoundFile.read("c.wav", stereo),
        "c.wav: ",
        "channels",
        "found 2");
  }
}
