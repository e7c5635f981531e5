package org.raphe.datasets.speech;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * Which recordings of a corpus are trained on, and which tested.
 *
 * @param name what messages call it
 * @param train in the order of their keys
 * @param test likewise
 */
record Corpus(String name, List<Utterance> train, List<Utterance> test) {
  private static final long PUBLISHED_SEED = 42;

  Corpus {
    if (train.isEmpty() || test.isEmpty()) {
      throw new InputException(
          "cannot use "
              + name
              + ": found no recording for "
              + (train.isEmpty() ? "training" : "testing")
              + "; give the whole corpus, or choose another split");
    }
  }

  /**
   * A corpus in the layout of TIDIGITS.
   *
   * @param where what messages call its place
   * @throws InputException if nothing is of the layout, or no recording is left for a part
   */
  static Corpus tidigits(
      String name, String where, List<CorpusFile> files, SpeechSettings settings) {
    requireNoTestSpeaker(name, settings);
    List<Utterance> all = TidigitsLayout.of(files).utterances();
    if (all.isEmpty()) {
      throw noneFound(name, where, files, "an isolated digit laid out as " + TidigitsLayout.WORDS);
    }
    Set<SpeakerKind> kinds = settings.speakers();
    List<Utterance> chosen =
        all.stream().filter(one -> kinds.isEmpty() || kinds.contains(one.kind())).toList();
    if (chosen.isEmpty()) {
      String names =
          kinds.stream().sorted().map(SpeakerKind::toString).collect(Collectors.joining(", "));
      throw new InputException(
          "cannot read " + name + " from " + where + ": found no speaker among " + names);
    }
    return settings.split() == CorpusSplit.PUBLISHED
        ? drawn(name, chosen)
        : byFlag(name + " from " + where, chosen);
  }

  /** The Free Spoken Digit Dataset with its own split. */
  static Corpus fsdd(Path folder, SpeechSettings settings) {
    requireNoTestSpeaker("fsdd", settings);
    return byFlag("fsdd from " + folder, fsdd("fsdd", folder, settings));
  }

  /** The Free Spoken Digit Dataset with one speaker for testing. */
  static Corpus fsddBySpeaker(Path folder, SpeechSettings settings) {
    List<Utterance> all = fsdd("fsdd-speaker", folder, settings);
    Set<String> speakers =
        all.stream().map(Utterance::speaker).collect(Collectors.toCollection(TreeSet::new));
    List<String> names = List.copyOf(speakers);
    String tested =
        settings.testSpeaker() == null
            ? names.get(names.size() - 1)
            : settings.testSpeaker().toLowerCase(Locale.ROOT);
    if (!speakers.contains(tested) || speakers.size() < 2) {
      throw new InputException(
          "cannot read fsdd-speaker from "
              + folder
              + ": cannot test "
              + tested
              + " alone; there are recordings of "
              + String.join(", ", names)
              + ", and two speakers or more are needed");
    }
    return new Corpus(
        "fsdd-speaker from " + folder,
        all.stream().filter(one -> !one.speaker().equals(tested)).toList(),
        all.stream().filter(one -> one.speaker().equals(tested)).toList());
  }

  private static List<Utterance> fsdd(String name, Path folder, SpeechSettings settings) {
    if (settings.split() != null || !settings.speakers().isEmpty()) {
      throw new InputException(
          name
              + " has a split of its own and does not tell men from women; leave the choice of split"
              + " and of kinds of speakers to tidigits and spoken-digits");
    }
    List<CorpusFile> files = CorpusFolder.files(name, folder);
    List<Utterance> all = FsddLayout.of(files).utterances();
    if (all.isEmpty()) {
      throw noneFound(name, folder.toString(), files, FsddLayout.WORDS);
    }
    return all;
  }

  private static void requireNoTestSpeaker(String name, SpeechSettings settings) {
    if (settings.testSpeaker() != null) {
      throw new InputException(
          name + " leaves no single speaker out of training; choose fsdd-speaker for that");
    }
  }

  private static InputException noneFound(
      String name, String where, List<CorpusFile> files, String expected) {
    return new InputException(
        "cannot read "
            + name
            + " from "
            + where
            + ": found no recording among "
            + files.size()
            + " files; give "
            + expected);
  }

  private static Corpus byFlag(String name, List<Utterance> utterances) {
    return new Corpus(
        name,
        utterances.stream().filter(one -> !one.test()).toList(),
        utterances.stream().filter(Utterance::test).toList());
  }

  private static Corpus drawn(String name, List<Utterance> utterances) {
    int size = utterances.size();
    int tested = (3 * size + 9) / 10;
    int[] order =
        new UniformSequence(PUBLISHED_SEED, RandomStream.VALIDATION_SPLIT.number(1), 0)
            .nextPermutation(size);
    int[] test = Arrays.copyOf(order, tested);
    Arrays.sort(test);
    List<Utterance> train = new ArrayList<>(utterances);
    List<Utterance> chosen = IntStream.of(test).mapToObj(utterances::get).toList();
    train.removeAll(Set.copyOf(chosen));
    return new Corpus(name, List.copyOf(train), chosen);
  }
}
