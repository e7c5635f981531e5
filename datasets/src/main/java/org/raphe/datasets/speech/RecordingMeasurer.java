package org.raphe.datasets.speech;

import ai.djl.util.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.Sha256;

/** Works out the features of a corpus, or finds them where they were kept. */
final class RecordingMeasurer {
  /** Counts up when a kind gives other features of the same recordings. */
  private static final String VERSION = "raphe speech features 2";

  private final List<Utterance> utterances;
  private final SpeechFeatureKind kind;
  private final Path cacheFolder;
  private final byte[][] digests;
  private final int[] rates;

  /**
   * A measurer.
   *
   * @param cacheFolder where features are kept, or null for nowhere
   */
  RecordingMeasurer(Corpus corpus, SpeechFeatureKind kind, Path cacheFolder) {
    utterances = new ArrayList<>(corpus.train());
    utterances.addAll(corpus.test());
    this.kind = kind;
    this.cacheFolder = cacheFolder;
    digests = new byte[utterances.size()][];
    rates = new int[utterances.size()];
  }

  /**
   * Features of all recordings, those for training first.
   *
   * @param progress told of every recording that is measured, or null
   * @throws InputException if a recording cannot be used; the first one in order is named
   * @throws RunException if a recording changes while it is read
   */
  float[] features(Progress progress) {
    if (cacheFolder == null) {
      return measured(progress);
    }
    each(k -> digests[k] = Sha256.newDigest().digest(content(k)));
    String digest = digest();
    var cache = new FeatureCache(cacheFolder);
    int width = kind.shape().size();
    float[] kept = cache.find(digest, utterances.size(), width);
    if (kept != null) {
      return kept;
    }
    float[] measured = measured(progress);
    cache.keep(digest, utterances.size(), width, measured);
    return measured;
  }

  private String digest() {
    MessageDigest digest = Sha256.newDigest();
    digest.update((VERSION + " " + kind).getBytes(StandardCharsets.UTF_8));
    for (byte[] one : digests) {
      digest.update(one);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private float[] measured(Progress progress) {
    int width = kind.shape().size();
    float[] features = new float[utterances.size() * width];
    if (progress != null) {
      progress.reset("speech features", utterances.size());
    }
    try {
      each(
          k -> {
            System.arraycopy(measured(k), 0, features, k * width, width);
            if (progress != null) {
              synchronized (progress) {
                progress.increment(1);
              }
            }
          });
    } finally {
      if (progress != null) {
        progress.end();
      }
    }
    requireOneRate();
    return features;
  }

  private float[] measured(int k) {
    String source = utterances.get(k).source();
    byte[] content = content(k);
    if (digests[k] != null
        && !MessageDigest.isEqual(digests[k], Sha256.newDigest().digest(content))) {
      throw new RunException(source + " changed while it was read; start again");
    }
    WavRecording recording = SoundFile.read(source, content).mono(source);
    rates[k] = recording.sampleRate();
    return kind.of(SpeechFeatures.energies(source, kind.heard(recording)));
  }

  private byte[] content(int k) {
    Utterance utterance = utterances.get(k);
    try {
      return utterance.content().read();
    } catch (IOException e) {
      throw new InputException(
          "cannot read "
              + utterance.source()
              + ": "
              + IoFailure.reason(e)
              + "; give a readable recording",
          e);
    }
  }

  /** The bands span half the sampling rate: at another rate they are other bands. */
  private void requireOneRate() {
    for (int k = 1; k < rates.length; k++) {
      if (rates[k] != rates[0]) {
        throw new InputException(
            utterances.get(k).source()
                + " has "
                + rates[k]
                + " samples a second, but "
                + utterances.get(0).source()
                + " "
                + rates[0]
                + "; give recordings of one sampling rate");
      }
    }
  }

  /** Does something for each recording, on all processors; of several failures the first counts. */
  private void each(IntConsumer task) {
    var failures = new ConcurrentSkipListMap<Integer, RuntimeException>();
    IntStream.range(0, utterances.size())
        .parallel()
        .forEach(
            k -> {
              if (!failures.isEmpty() && failures.firstKey() < k) {
                return;
              }
              try {
                task.accept(k);
              } catch (InputException | RunException e) {
                failures.put(k, e);
              }
            });
    if (!failures.isEmpty()) {
      throw failures.firstEntry().getValue();
    }
  }
}
