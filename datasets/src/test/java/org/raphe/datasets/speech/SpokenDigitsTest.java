package org.raphe.datasets.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.datasets.Failures.assertFails;
import static org.raphe.datasets.Failures.errorOutput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetOptions;

class SpokenDigitsTest {
  @TempDir Path temporary;
  private Path folder;
  private SpeechSettings settings = SpeechSettings.defaults();

  private Path folder() throws IOException {
    if (folder == null) {
      folder = Files.createDirectory(temporary.resolve("corpus"));
    }
    return folder;
  }

  private Dataset load(String name) throws IOException {
    return DatasetCatalog.load(
        name, new DatasetOptions(folder(), false, temporary.resolve("cache")).withSpeech(settings));
  }

  private void wav(String name, double hertz) throws IOException {
    CorpusFiles.wav(folder(), name, hertz);
  }

  private void sphere(String name, double hertz) throws IOException {
    CorpusFiles.sphere(folder(), name, hertz);
  }

  private static List<Integer> labels(Samples samples) {
    List<Integer> labels = new ArrayList<>();
    for (int k = 0; k < samples.size(); k++) {
      labels.add(samples.label(k));
    }
    return labels;
  }

  @Test
  void freeSpokenDigitsAreSplitByRecordingOrSpeaker() throws IOException {
    wav("3_ann_4.wav", 300);
    wav("3_ann_5.wav", 310);
    wav("8_bob_0.wav", 800);
    wav("8_bob_12.wav", 810);
    wav("9_bob_49.wav", 900);
    wav("readme.wav", 100);
    Dataset byRecording = load("fsdd");
    assertEquals(List.of(3, 8), labels(byRecording.test()));
    assertEquals(List.of(3, 8, 9), labels(byRecording.train()));
    Dataset bySpeaker = load("fsdd-speaker");
    assertEquals(List.of(8, 8, 9), labels(bySpeaker.test()));
    assertEquals(List.of(3, 3), labels(bySpeaker.train()));
    float[] expected = SpeechFeatures.of("f", WavReader.read(folder.resolve("3_ann_5.wav")));
    assertEquals(expected[450], bySpeaker.train().feature(1, 450));
    settings = settings.withTestSpeaker("Ann");
    assertEquals(List.of(3, 3), labels(load("fsdd-speaker").test()));
    settings = settings.withTestSpeaker("eve");
    assertFails(InputException.class, () -> load("fsdd-speaker"), "eve", "ann, bob");
    assertFails(InputException.class, () -> load("fsdd"), "choose fsdd-speaker");
    settings = SpeechSettings.defaults().withSplit(CorpusSplit.OFFICIAL);
    assertFails(InputException.class, () -> load("fsdd"), "fsdd has a split of its own");
  }

  @Test
  void theLayoutIsFoundInAnyCaseWithAndWithoutDiscs() throws IOException {
    for (String root : new String[] {"", "TIDIGITS/", "disc_4.1.1/tidigits/", "a/b/tidigits/"}) {
      folder = Files.createDirectory(temporary.resolve("corpus" + root.length()));
      boolean upper = root.equals("TIDIGITS/");
      for (String name :
          List.of(
              "train/man/ae/1a.wav",
              "train/man/ae/zb.wav",
              "train/man/ae/oa.wav",
              "train/man/ae/12a.wav",
              "test/girl/bb/9a.wav")) {
        String cased = upper ? name.toUpperCase(Locale.ROOT) + ";1" : name;
        sphere(root + cased, 100 + name.hashCode() % 50);
      }
      Files.writeString(folder.resolve("readme.doc"), "about");
      Dataset dataset = load("tidigits");
      assertEquals(List.of(1, 0), labels(dataset.train()), root);
      assertEquals(List.of(9), labels(dataset.test()), root);
    }
  }

  @Test
  void speakersAreChosenByKind() throws IOException {
    sphere("train/man/ae/1a.wav", 100);
    sphere("train/woman/ac/2a.wav", 200);
    sphere("train/boy/ad/3a.wav", 300);
    sphere("test/man/af/4a.wav", 400);
    sphere("test/boy/ag/5a.wav", 500);
    settings = settings.withSpeakers(Set.of(SpeakerKind.MAN, SpeakerKind.BOY));
    // In the order of keys: boy comes before man.
    assertEquals(List.of(3, 1), labels(load("tidigits").train()));
    settings = settings.withSpeakers(Set.of(SpeakerKind.MAN));
    assertEquals(List.of(4), labels(load("tidigits").test()));
    settings = settings.withSpeakers(Set.of(SpeakerKind.GIRL));
    assertFails(InputException.class, () -> load("tidigits"), "found no speaker among girl");
    settings = settings.withSpeakers(Set.of(SpeakerKind.WOMAN));
    assertFails(InputException.class, () -> load("tidigits"), "found no recording for testing");
  }

  @Test
  void thePublishedSplitDrawsThreeOfTen() throws IOException {
    for (int digit = 1; digit <= 9; digit++) {
      sphere("train/man/ae/" + digit + "a.wav", 100 * digit);
      sphere("test/woman/bb/" + digit + "b.wav", 100 * digit + 50);
    }
    settings = settings.withSplit(CorpusSplit.PUBLISHED);
    Dataset drawn = load("tidigits");
    assertEquals(12, drawn.train().size());
    assertEquals(6, drawn.test().size());
    // Each tone is another, so no recording is in both parts and all are in one.
    Set<Float> seen = new TreeSet<>();
    for (Samples part : new Samples[] {drawn.train(), drawn.test()}) {
      for (int k = 0; k < part.size(); k++) {
        assertTrue(seen.add(part.feature(k, 450)), "a recording is in both parts");
      }
    }
    assertEquals(18, seen.size());
    // The draw is part of the split's definition.
    assertEquals(List.of(1, 2, 1, 6, 7, 8), labels(drawn.test()));
    settings = settings.withSplit(CorpusSplit.OFFICIAL);
    assertEquals(9, load("tidigits").test().size());
  }

  @Test
  void featuresAreKeptUntilAFileOrASettingChanges() throws Throwable {
    sphere("train/man/ae/1a.wav", 100);
    sphere("test/man/af/2a.wav", 200);
    Path cache = temporary.resolve("cache/speech");
    Dataset first = load("tidigits");
    assertEquals(1, files(cache).size());
    assertEquals(first.sha256(), load("tidigits").sha256());
    assertEquals(1, files(cache).size());
    settings = settings.withFeatures(SpeechFeatureKind.LOG_MEL);
    assertNotEquals(first.sha256(), load("tidigits").sha256());
    assertEquals(2, files(cache).size());
    settings = SpeechSettings.defaults();
    sphere("train/man/ae/1a.wav", 150);
    assertNotEquals(first.sha256(), load("tidigits").sha256());
    assertEquals(3, files(cache).size());
    sphere("train/man/ae/1a.wav", 100);
    for (Path file : files(cache)) {
      byte[] damaged = Files.readAllBytes(file);
      damaged[damaged.length - 2] ^= 1;
      Files.write(file, damaged);
    }
    String said = errorOutput(() -> assertEquals(first.sha256(), load("tidigits").sha256()));
    assertTrue(said.contains("working the features out again"), said);
    assertEquals(first.sha256(), load("tidigits").sha256());
    assertEquals(3, files(cache).size());
  }

  @Test
  void eachKindOfFeaturesIsKeptApart() throws IOException {
    sphere("train/man/ae/1a.wav", 100);
    sphere("test/man/af/2a.wav", 200);
    for (SpeechFeatureKind kind : SpeechFeatureKind.values()) {
      settings = SpeechSettings.defaults().withFeatures(kind);
      String measured = load("tidigits").sha256();
      assertEquals(measured, load("tidigits").sha256(), kind.toString());
      assertEquals(kind.ordinal() + 1, files(temporary.resolve("cache/speech")).size());
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsSaid() throws Throwable {
    sphere("train/man/ae/1a.wav", 100);
    sphere("test/man/af/2a.wav", 200);
    Files.writeString(temporary.resolve("cache"), "a file where the folder would be");
    String said = errorOutput(() -> assertEquals(1, load("tidigits").train().size()));
    assertTrue(said.contains("cannot keep speech features"), said);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void assertRecordingRefused(byte[] file, String... parts) throws IOException {
    sphere("train/man/ae/1a.wav", 100);
    sphere("test/man/af/3a.wav", 300);
    Path bad = CorpusFiles.write(folder().resolve("train/man/ae/2b.wav"), file);
    String[] all = Arrays.copyOf(parts, parts.length + 1);
    all[parts.length] = bad.toString();
    assertFails(InputException.class, () -> load("tidigits"), all);
    assertEquals(List.of(), files(temporary.resolve("cache/speech")));
  }

  @Test
  void unusableRecordingsAreNamedAndNothingIsKept() throws IOException {
    byte[] intact = CorpusFiles.sphere(500);
    assertRecordingRefused(Arrays.copyOf(intact, intact.length / 2), "shorten", "end of the file");
    assertRecordingRefused(Arrays.copyOf(intact, 500), "size of the header");
    byte[] other = intact.clone();
    other[1024 + 4] = 3;
    assertRecordingRefused(other, "shorten, version: expected 1 or 2, found 3");
    assertRecordingRefused(replaced(intact, "-i 4000", "-i 4001"), "4001 as the header says");
    assertRecordingRefused(replaced(intact, "-i 8000", "-i 0008"), "sample_rate");
    assertRecordingRefused(replaced(intact, "checksum -i ", "checksum -i 1"), "checksum");
    assertRecordingRefused(replaced(intact, "count -i 4000", "count -i 0000"), "found 0000");
    assertRecordingRefused(new byte[0], "begins with \"\"");
    assertRecordingRefused(WavBytes.file(1, 16, 8000), "whole samples");
    assertRecordingRefused(WavBytes.file(2, 16, 44_100, new short[400]), "channels");
    assertRecordingRefused(WavBytes.file(1, 16, 44_100, new short[40_000]), "one sampling rate");
    assertRecordingRefused(WavBytes.file(1, 16, 8000, new short[9]), "9 samples");
  }

  private static byte[] replaced(byte[] file, String from, String to) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(from);
    assertTrue(at > 0, from);
    byte[] changed = file.clone();
    byte[] bytes = WavBytes.ascii(to);
    System.arraycopy(bytes, 0, changed, at, bytes.length);
    return changed;
  }

  @Test
  void theFirstOfManyFailuresIsNamed() throws IOException {
    sphere("test/man/af/1a.wav", 100);
    for (int digit = 1; digit <= 9; digit++) {
      CorpusFiles.write(folder().resolve("train/man/ae/" + digit + "a.wav"), new byte[digit]);
    }
    for (int round = 0; round < 20; round++) {
      assertFails(InputException.class, () -> load("tidigits"), "man/ae/1a.wav begins");
    }
  }

  @Test
  void unusableFoldersAreNamed() throws IOException {
    assertFails(InputException.class, () -> load("fsdd"), "fsdd from", "among 0 files");
    assertFails(InputException.class, () -> load("tidigits"), "among 0 files", "train|test");
    wav("3_ann_5.wav", 310);
    assertFails(InputException.class, () -> load("tidigits"), "among 1 files", "train|test");
    assertFails(InputException.class, () -> load("fsdd"), "no recording for testing");
    assertFails(InputException.class, () -> load("fsdd-speaker"), "test ann alone", "two speakers");
    sphere("train/man/ae/1a.wav", 100);
    assertFails(InputException.class, () -> load("tidigits"), "no recording for testing");
    sphere("test/man/af/1a.wav", 100);
    sphere("copy/TRAIN/MAN/AE/1A.WAV", 100);
    assertFails(InputException.class, () -> load("tidigits"), "1A.WAV", "the same recording");
    folder = folder.resolve("nowhere");
    assertFails(InputException.class, () -> load("tidigits"), "nowhere: no such folder");
  }

  @Test
  void linksAreFollowedAndLoopsAreNamed() throws IOException {
    Path real = temporary.resolve("elsewhere");
    CorpusFiles.sphere(real, "train/man/ae/1a.wav", 100);
    CorpusFiles.sphere(real, "test/man/af/2a.wav", 200);
    folder = Files.createSymbolicLink(temporary.resolve("link"), real);
    assertEquals(List.of(1), labels(load("tidigits").train()));
    Path dangling =
        Files.createSymbolicLink(real.resolve("train/man/ae/3a.wav"), Path.of("3a.wav"));
    assertFails(InputException.class, () -> load("tidigits"), "3a.wav: it is not a plain file");
    Files.delete(dangling);
    Files.createSymbolicLink(real.resolve("train/man/ae/loop"), real);
    assertFails(InputException.class, () -> load("tidigits"), "ae/loop leads back into itself");
  }

  @Test
  void logMelFeaturesAreACodeOfTheLogarithms() {
    WavRecording recording = WavReader.read("tone", WavBytes.tone(700));
    double[][] energies = SpeechFeatures.energies("tone", recording);
    float[] features = SpeechFeatureKind.LOG_MEL.of(energies);
    double loudest = Arrays.stream(energies).flatMapToDouble(Arrays::stream).max().getAsDouble();
    double[] centred = new double[900];
    double squares = 0;
    for (int band = 0; band < 30; band++) {
      double mean = 0;
      for (int frame = 0; frame < 30; frame++) {
        mean += Math.log(energies[frame][band] + 1e-3 * loudest) / 30;
      }
      for (int frame = 0; frame < 30; frame++) {
        double value = Math.log(energies[frame][band] + 1e-3 * loudest) - mean;
        centred[frame * 30 + band] = value;
        squares += value * value;
      }
    }
    for (int k = 0; k < 900; k++) {
      double z = centred[k] / Math.sqrt(squares / 900);
      assertEquals(1 / (1 + Math.exp(-z)), features[k], 1e-6, "feature " + k);
    }
    double[][] silence = new double[30][30];
    for (double[] frame : silence) {
      Arrays.fill(frame, 0x1p-52);
    }
    for (float one : SpeechFeatureKind.LOG_MEL.of(silence)) {
      assertEquals(0.5f, one, 1e-6f);
    }
  }

  /** What lies above its band's mean is in one channel, what lies below in the other. */
  @Test
  void onAndOffShareTheDeviationsFromTheMean() {
    WavRecording recording = WavReader.read("tone", WavBytes.tone(700));
    double[][] energies = SpeechFeatures.energies("tone", recording);
    float[] logistic = SpeechFeatureKind.LOG_MEL_TRIMMED.of(energies);
    float[] onOff = SpeechFeatureKind.LOG_MEL_ON_OFF.of(energies);
    assertEquals(1800, onOff.length);
    assertEquals("30x30x2", SpeechFeatureKind.LOG_MEL_ON_OFF.shape().toString());
    int above = 0;
    for (int k = 0; k < logistic.length; k++) {
      double z = Math.log(logistic[k] / (1 - (double) logistic[k]));
      assertEquals(Math.min(1, Math.max(0, z) / 3), onOff[2 * k], 1e-5, "on " + k);
      assertEquals(Math.min(1, Math.max(0, -z) / 3), onOff[2 * k + 1], 1e-5, "off " + k);
      above += onOff[2 * k] > 0 ? 1 : 0;
    }
    assertTrue(above > 100 && above < 800, "above the mean: " + above);
  }

  @Test
  void louderRecordingsHaveTheSameLogMelFeatures() {
    WavRecording recording = WavReader.read("tone", WavBytes.tone(700));
    double[][] energies = SpeechFeatures.energies("tone", recording);
    double[][] louder =
        Arrays.stream(energies)
            .map(frame -> Arrays.stream(frame).map(energy -> 16 * energy).toArray())
            .toArray(double[][]::new);
    assertArrayEquals(
        SpeechFeatureKind.LOG_MEL.of(energies), SpeechFeatureKind.LOG_MEL.of(louder), 1e-5f);
  }
}
