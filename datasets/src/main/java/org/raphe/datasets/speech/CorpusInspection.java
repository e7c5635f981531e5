package org.raphe.datasets.speech;

import ai.djl.util.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;

/**
 * What a folder of spoken digits holds, every recording read: who speaks, how many recordings a
 * class, how long they are, and what is left out and why.
 */
public final class CorpusInspection {
  private static final int MOST_FAULTS = 20;

  /** A recording that can be used. */
  private record Found(
      Utterance utterance, String form, double seconds, int rate, boolean verified) {}

  private final String corpus;
  private final Map<String, Integer> leftOut;
  private final List<Found> found;
  private final List<String> faults;

  private CorpusInspection(
      String corpus, Map<String, Integer> leftOut, Found[] found, String[] faults) {
    this.corpus = corpus;
    this.leftOut = leftOut;
    this.found = Stream.of(found).filter(Objects::nonNull).toList();
    this.faults = Stream.of(faults).filter(Objects::nonNull).toList();
  }

  /**
   * Reads all recordings below a folder, on all processors.
   *
   * @param progress told of every recording, or null
   * @throws InputException if the folder cannot be read or holds no spoken digits
   */
  public static CorpusInspection of(Path folder, Progress progress) {
    List<CorpusFile> files = CorpusFolder.files("spoken digits", folder);
    TidigitsLayout discs = TidigitsLayout.of(files);
    if (!discs.utterances().isEmpty()) {
      return read("tidigits", discs.utterances(), discs.leftOut(), progress);
    }
    FsddLayout free = FsddLayout.of(files);
    if (!free.utterances().isEmpty()) {
      return read("fsdd", free.utterances(), free.leftOut(), progress);
    }
    throw new InputException(
        "cannot read spoken digits from "
            + folder
            + ": found no recording among "
            + files.size()
            + " files; give "
            + TidigitsLayout.WORDS
            + " or "
            + FsddLayout.WORDS);
  }

  private static CorpusInspection read(
      String corpus, List<Utterance> utterances, Map<String, Integer> leftOut, Progress progress) {
    var found = new Found[utterances.size()];
    var faults = new String[utterances.size()];
    if (progress != null) {
      progress.reset("recordings", utterances.size());
    }
    IntStream.range(0, utterances.size())
        .parallel()
        .forEach(
            k -> {
              try {
                found[k] = found(utterances.get(k));
              } catch (InputException e) {
                faults[k] = e.getMessage();
              }
              if (progress != null) {
                synchronized (progress) {
                  progress.increment(1);
                }
              }
            });
    if (progress != null) {
      progress.end();
    }
    return new CorpusInspection(corpus, leftOut, found, faults);
  }

  private static Found found(Utterance utterance) {
    String source = utterance.source();
    try {
      Sound sound = SoundFile.read(source, utterance.content().read());
      WavRecording recording = sound.mono(source);
      SpeechFeatures.requireUsable(source, recording);
      return new Found(
          utterance, sound.form(), recording.seconds(), recording.sampleRate(), sound.verified());
    } catch (IOException e) {
      throw new InputException(
          source + ": " + IoFailure.reason(e) + "; give a readable recording", e);
    }
  }

  /** Whether every recording can be used, at one sampling rate. */
  public boolean isUsable() {
    return faults.isEmpty() && count(found, Found::rate).size() == 1;
  }

  /** What was found, a line each, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(found.size() + " recordings of isolated digits, laid out as " + corpus);
    for (boolean test : new boolean[] {false, true}) {
      List<Found> part = found.stream().filter(one -> one.utterance().test() == test).toList();
      String name = test ? "test" : "train";
      lines.add(row(name, part.size() + " recordings of " + speakers(part)));
      lines.add(row(name + " digits", text(count(part, one -> one.utterance().digit()))));
    }
    DoubleSummaryStatistics seconds =
        found.stream().mapToDouble(Found::seconds).summaryStatistics();
    if (!found.isEmpty()) {
      lines.add(
          row(
              "seconds",
              String.format(
                  Locale.ROOT,
                  "%.2f to %.2f, mean %.2f, in all %.1f",
                  seconds.getMin(),
                  seconds.getMax(),
                  seconds.getAverage(),
                  seconds.getSum())));
    }
    lines.add(row("sampling rate", text(count(found, one -> one.rate() + " Hz"))));
    lines.add(row("form", text(count(found, Found::form))));
    long verified = found.stream().filter(Found::verified).count();
    lines.add(row("checksums", verified + " agree, " + (found.size() - verified) + " have none"));
    leftOut.forEach((reason, count) -> lines.add(row("left out", count + " files " + reason)));
    lines.add(row("not usable", faults.size() + " recordings"));
    faults.stream().limit(MOST_FAULTS).forEach(fault -> lines.add("  " + fault));
    if (faults.size() > MOST_FAULTS) {
      lines.add("  and " + (faults.size() - MOST_FAULTS) + " more");
    }
    return lines;
  }

  private static String row(String name, String text) {
    return String.format(Locale.ROOT, "%-14s %s", name, text);
  }

  /** How many speakers, of each kind where the corpus tells it. */
  private static String speakers(List<Found> part) {
    Map<String, String> kinds = new TreeMap<>();
    for (Found one : part) {
      SpeakerKind kind = one.utterance().kind();
      kinds.put(one.utterance().speaker(), kind == null ? "" : kind.toString());
    }
    String named = kinds.size() + " speakers";
    return kinds.containsValue("")
        ? named
        : named + " (" + text(count(List.copyOf(kinds.values()), kind -> kind)) + ")";
  }

  private static <T, K extends Comparable<K>> Map<K, Long> count(
      List<T> counted, Function<T, K> key) {
    return counted.stream()
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }

  private static String text(Map<?, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
