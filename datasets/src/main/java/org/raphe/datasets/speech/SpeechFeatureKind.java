package org.raphe.datasets.speech;

import java.util.Locale;

/** How the energies of a recording become features. */
public enum SpeechFeatureKind {
  /** Energies, each band divided by its sum over the frames: see {@link SpeechFeatures}. */
  PUBLISHED(0.1f) {
    @Override
    float[] of(double[][] energies) {
      return SpeechFeatures.shares(energies);
    }
  },

  /** Logarithms of the energies, coded to [0, 1]: see {@link LogMel}. */
  LOG_MEL(1f) {
    @Override
    float[] of(double[][] energies) {
      return LogMel.coded(energies);
    }
  },

  /** The same of what lies between the endpoints of the word: see {@link Endpoints}. */
  LOG_MEL_TRIMMED(1f) {
    @Override
    WavRecording heard(WavRecording recording) {
      return Endpoints.between(recording);
    }

    @Override
    float[] of(double[][] energies) {
      return LogMel.coded(energies);
    }
  };

  private final float inputScale;

  SpeechFeatureKind(float inputScale) {
    this.inputScale = inputScale;
  }

  /** r of the spike code {@code x = 1[X > r U]} that these features are made for. */
  public float inputScale() {
    return inputScale;
  }

  /** The part of a recording whose energies are taken: all of it unless a kind says otherwise. */
  WavRecording heard(WavRecording recording) {
    return recording;
  }

  /** Features {@code [frame * 30 + band]} of energies {@code [frame][band]}. */
  abstract float[] of(double[][] energies);

  /** How users write it: {@code published}, {@code log-mel}, {@code log-mel-trimmed}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
