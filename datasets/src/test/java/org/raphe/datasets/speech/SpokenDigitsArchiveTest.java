package org.raphe.datasets.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetCatalog;

/** The corpus that comes with Raphe. */
class SpokenDigitsArchiveTest {
  private static final int VOICES = 34;
  private static final int TESTED_VOICES = 12;

  @Test
  void everyVoiceSaysEveryWordTwiceAndEveryChecksumAgrees() throws IOException {
    List<CorpusFile> files = SpokenDigitsArchive.bundled();
    assertEquals(VOICES * 22, files.size());
    Map<String, Integer> voices = new TreeMap<>();
    Set<Integer> rates = new TreeSet<>();
    for (CorpusFile file : files) {
      Sound sound = SphereReader.read(file.source(), file.content().read());
      assertTrue(sound.verified(), file.source());
      assertEquals("SPHERE pcm shortened", sound.form());
      rates.add(sound.sampleRate());
      voices.merge(file.below().replaceFirst("/[^/]*$", ""), 1, Integer::sum);
    }
    assertEquals(VOICES, voices.size());
    assertEquals(Set.of(22), Set.copyOf(voices.values()));
    assertEquals(1, rates.size());
    Map<String, Integer> leftOut = TidigitsLayout.of(files).leftOut();
    assertEquals(Map.of("of the word \"oh\"", VOICES * 2), leftOut);
  }

  @Test
  void itIsSmall() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("spoken-digits.zip")) {
      int size = in.readAllBytes().length;
      assertTrue(size <= 8_000_000, size + " bytes");
    }
  }

  @Test
  void itIsLoadedByNameAndSplitByVoice() {
    Dataset dataset = DatasetCatalog.load("spoken-digits");
    assertEquals((VOICES - TESTED_VOICES) * 20, dataset.train().size());
    assertEquals(TESTED_VOICES * 20, dataset.test().size());
    assertEquals(TESTED_VOICES * 2, dataset.test().indicesOf(7).length);
    Set<String> trained = speakers(false);
    Set<String> tested = speakers(true);
    assertEquals(VOICES - TESTED_VOICES, trained.size());
    assertEquals(TESTED_VOICES, tested.size());
    assertTrue(trained.stream().noneMatch(tested::contains));
  }

  private static Set<String> speakers(boolean test) {
    return TidigitsLayout.of(SpokenDigitsArchive.bundled()).utterances().stream()
        .filter(one -> one.test() == test)
        .map(Utterance::speaker)
        .collect(Collectors.toSet());
  }

  @Test
  void recordingsArePackedAsSphere() throws IOException {
    byte[] tone = WavBytes.tone(440);
    List<CorpusFile> files = List.of(new CorpusFile("train/man/ae/zb.wav", "zb.wav", () -> tone));
    byte[] archive = SpokenDigitsArchive.pack(files);
    assertArrayEquals(archive, SpokenDigitsArchive.pack(files));
    CorpusFile packed = SpokenDigitsArchive.files(archive).get(0);
    assertEquals("train/man/ae/zb.wav", packed.below());
    Sound sound = SphereReader.read("f", packed.content().read());
    assertArrayEquals(WavReader.read("f", tone).samples(), sound.mono("f").samples());
    String header = new String(packed.content().read(), 0, 1024);
    assertTrue(header.contains("speaker_id -s2 ae\nprompt_code -s1 z\n"), header);
  }
}
