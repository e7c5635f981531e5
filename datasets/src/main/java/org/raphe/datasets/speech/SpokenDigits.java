package org.raphe.datasets.speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.data.Dataset;
import org.raphe.data.Samples;

/**
 * Spoken digits, one file of sound each, as {@link SpeechFeatures}. Files are taken in the order of
 * their paths, so that the same folder always gives the same samples.
 */
public final class SpokenDigits {
  private static final int CLASSES = 10;
  private static final int MAX_FILES = 100_000;

  /** Folders below the given one: TIDIGITS has set/kind/speaker/file. */
  private static final int MAX_DEPTH = 6;

  private static final Pattern FSDD = Pattern.compile("([0-9])_([a-z]+)_([0-9]{1,4})\\.wav");
  private static final Pattern TIDIGITS =
      Pattern.compile("(?:.*/)?(train|test)/(?:.*/)?([z1-9])[ab]\\.wav");

  /** FSDD's own split: recordings 0 to 4 of each digit and speaker are for testing. */
  private static final int FSDD_TEST_RECORDINGS = 5;

  private record Recording(Path path, int digit, boolean test) {}

  private SpokenDigits() {}

  /**
   * The Free Spoken Digit Dataset with its own split: a speaker's first five recordings of each
   * digit are for testing.
   *
   * @throws InputException if the folder or a file of it cannot be used
   */
  public static Dataset fsdd(Path folder) {
    List<Recording> recordings = new ArrayList<>();
    for (Path path : files("fsdd", folder)) {
      Matcher name = FSDD.matcher(path.getFileName().toString());
      if (name.matches()) {
        boolean test = Integer.parseInt(name.group(3)) < FSDD_TEST_RECORDINGS;
        recordings.add(new Recording(path, Integer.parseInt(name.group(1)), test));
      }
    }
    return dataset("fsdd", folder, "files named {digit}_{speaker}_{index}.wav", recordings);
  }

  /**
   * The Free Spoken Digit Dataset split by speaker, which is harder: the last speaker by name is
   * for testing, the others for training.
   *
   * @throws InputException if the folder or a file of it cannot be used
   */
  public static Dataset fsddBySpeaker(Path folder) {
    List<Path> paths = files("fsdd-speaker", folder);
    var speakers = new TreeSet<String>();
    for (Path path : paths) {
      speaker(path).ifPresent(speakers::add);
    }
    List<Recording> recordings = new ArrayList<>();
    for (Path path : paths) {
      Optional<String> speaker = speaker(path);
      if (speaker.isPresent()) {
        int digit = path.getFileName().toString().charAt(0) - '0';
        recordings.add(new Recording(path, digit, speaker.get().equals(speakers.last())));
      }
    }
    return dataset(
        "fsdd-speaker",
        folder,
        "files named {digit}_{speaker}_{index}.wav of two or more speakers",
        recordings);
  }

  private static Optional<String> speaker(Path path) {
    Matcher name = FSDD.matcher(path.getFileName().toString());
    return name.matches() ? Optional.of(name.group(2)) : Optional.empty();
  }

  /**
   * The isolated digits of TIDIGITS (LDC93S10) in its own folders {@code train} and {@code test},
   * as NIST SPHERE or RIFF WAV: files {@code 1a.wav} to {@code 9b.wav} and {@code za.wav}, {@code
   * zb.wav} for zero, in any case; the word "oh" and strings of digits are left out.
   *
   * @throws InputException if the folder or a file of it cannot be used
   */
  public static Dataset tidigits(Path folder) {
    List<Recording> recordings = new ArrayList<>();
    for (Path path : files("tidigits", folder)) {
      String below = folder.relativize(path).toString().replace('\\', '/');
      Matcher name = TIDIGITS.matcher(below.toLowerCase(Locale.ROOT));
      if (name.matches()) {
        String digit = name.group(2);
        recordings.add(
            new Recording(
                path,
                digit.equals("z") ? 0 : Integer.parseInt(digit),
                name.group(1).equals("test")));
      }
    }
    return dataset("tidigits", folder, "the folders train and test of the corpus", recordings);
  }

  private static List<Path> files(String dataset, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "cannot read " + dataset + " from " + folder + ": no such folder; give an existing one");
    }
    try (Stream<Path> walk =
        Files.find(folder, MAX_DEPTH, (path, attributes) -> attributes.isRegularFile())) {
      List<Path> files = walk.limit(MAX_FILES + 1L).sorted().toList();
      if (files.size() > MAX_FILES) {
        throw new InputException(
            "cannot read "
                + dataset
                + " from "
                + folder
                + ": more than "
                + MAX_FILES
                + " files; give the folder of the recordings alone");
      }
      return files;
    } catch (IOException e) {
      throw unreadable(dataset, folder, e);
    } catch (UncheckedIOException e) {
      throw unreadable(dataset, folder, e.getCause());
    }
  }

  private static InputException unreadable(String dataset, Path folder, IOException e) {
    return new InputException(
        "cannot read "
            + dataset
            + " from "
            + folder
            + ": "
            + IoFailure.reason(e)
            + "; give yourself the right to read and enter the folder",
        e);
  }

  private static Dataset dataset(
      String name, Path folder, String expected, List<Recording> recordings) {
    return new Dataset(
        name,
        samples(name + "/train", folder, expected, recordings, false),
        samples(name + "/test", folder, expected, recordings, true));
  }

  private static Samples samples(
      String name, Path folder, String expected, List<Recording> recordings, boolean test) {
    List<Recording> chosen =
        recordings.stream().filter(recording -> recording.test() == test).toList();
    if (chosen.isEmpty()) {
      throw new InputException(
          "cannot read " + name + " from " + folder + ": found no recording; give " + expected);
    }
    int width = SpeechFeatures.SHAPE.size();
    float[] features = new float[chosen.size() * width];
    int[] labels = new int[chosen.size()];
    for (int k = 0; k < labels.length; k++) {
      Path path = chosen.get(k).path();
      float[] one = SpeechFeatures.of(path.toString(), SoundFile.read(path).mono(path.toString()));
      System.arraycopy(one, 0, features, k * width, width);
      labels[k] = chosen.get(k).digit();
    }
    return Samples.ofFeatures(name, SpeechFeatures.SHAPE, CLASSES, features, labels);
  }
}
