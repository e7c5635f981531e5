package org.raphe.datasets.speech;

import java.util.Objects;
import java.util.Set;

/**
 * What is made of a corpus of spoken digits.
 *
 * @param features how a recording becomes features
 * @param split which recordings are for testing, or null for the corpus's own
 * @param speakers whose recordings are used; all kinds if empty
 * @param testSpeaker the speaker who is tested where one is left out of training, or null for the
 *     last by name
 */
public record SpeechSettings(
    SpeechFeatureKind features, CorpusSplit split, Set<SpeakerKind> speakers, String testSpeaker) {

  public SpeechSettings {
    Objects.requireNonNull(features, "features");
    speakers = Set.copyOf(speakers);
  }

  /** Published features of all speakers, split as the corpus is. */
  public static SpeechSettings defaults() {
    return new SpeechSettings(SpeechFeatureKind.PUBLISHED, null, Set.of(), null);
  }

  /** The same with other features. */
  public SpeechSettings withFeatures(SpeechFeatureKind kind) {
    return new SpeechSettings(kind, split, speakers, testSpeaker);
  }

  /** The same with another split; null for the corpus's own. */
  public SpeechSettings withSplit(CorpusSplit other) {
    return new SpeechSettings(features, other, speakers, testSpeaker);
  }

  /** The same with other kinds of speakers; all if empty. */
  public SpeechSettings withSpeakers(Set<SpeakerKind> kinds) {
    return new SpeechSettings(features, split, kinds, testSpeaker);
  }

  /** The same with another speaker who is tested; null for the last by name. */
  public SpeechSettings withTestSpeaker(String speaker) {
    return new SpeechSettings(features, split, speakers, speaker);
  }
}
