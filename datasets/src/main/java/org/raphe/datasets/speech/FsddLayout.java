package org.raphe.datasets.speech;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of the Free Spoken Digit Dataset say: {@code {digit}_{speaker}_{index}.wav}. A
 * speaker's first five recordings of each digit are for testing.
 *
 * @param utterances in the order of their paths
 * @param leftOut how many files were left out, by reason
 */
record FsddLayout(List<Utterance> utterances, Map<String, Integer> leftOut) {
  /** The layout in words, for messages. */
  static final String WORDS = "files named {digit}_{speaker}_{index}.wav";

  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?(([0-9])_([a-z]+)_([0-9]{1,4}))\\.wav");
  private static final int TEST_RECORDINGS = 5;

  /** Reads the names of files. */
  static FsddLayout of(List<CorpusFile> files) {
    Map<String, Utterance> found = new TreeMap<>();
    Map<String, Integer> leftOut = new TreeMap<>();
    for (CorpusFile file : files) {
      Matcher name = NAME.matcher(file.below());
      if (!name.matches()) {
        leftOut.merge("not of the layout", 1, Integer::sum);
        continue;
      }
      found.put(
          file.below(),
          new Utterance(
              name.group(1),
              file.source(),
              name.group(3),
              null,
              Integer.parseInt(name.group(2)),
              Integer.parseInt(name.group(4)) < TEST_RECORDINGS,
              file.content()));
    }
    return new FsddLayout(List.copyOf(found.values()), leftOut);
  }
}
