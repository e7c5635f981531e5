package org.raphe.datasets.speech;

import java.util.Locale;
import org.raphe.network.InputShape;

/** How the energies of a recording become features. */
public enum SpeechFeatureKind {
  /** Energies, each band divided by its sum over the frames: see {@link SpeechFeatures}. */
  PUBLISHED(0.1f, 1, false) {
    @Override
    float[] of(double[][] energies) {
      return SpeechFeatures.shares(energies);
    }
  },

  /** Logarithms of the energies, coded to [0, 1]: see {@link LogMel}. */
  LOG_MEL(1f, 1, false) {
    @Override
    float[] of(double[][] energies) {
      return LogMel.coded(energies);
    }
  },

  /** The same of what lies between the endpoints of the word: see {@link Endpoints}. */
  LOG_MEL_TRIMMED(1f, 1, true) {
    @Override
    float[] of(double[][] energies) {
      return LogMel.coded(energies);
    }
  },

  /** Logarithms between the endpoints in an on and an off channel: see {@link LogMel}. */
  LOG_MEL_ON_OFF(1f, 2, true) {
    @Override
    float[] of(double[][] energies) {
      return LogMel.onAndOff(energies);
    }
  };

  private final float inputScale;
  private final InputShape shape;
  private final boolean trimmed;

  SpeechFeatureKind(float inputScale, int channels, boolean trimmed) {
    this.inputScale = inputScale;
    this.trimmed = trimmed;
    shape = new InputShape(SpeechFeatures.FRAMES, SpeechFeatures.BANDS, channels);
  }

  /** Shape of a recording's features: frames x bands x channels. */
  public InputShape shape() {
    return shape;
  }

  /** r of the spike code {@code x = 1[X > r U]} that these features are made for. */
  public float inputScale() {
    return inputScale;
  }

  /**
   * The part of a recording whose energies are taken: all of it, or what {@link Endpoints} keep.
   */
  WavRecording heard(WavRecording recording) {
    return trimmed ? Endpoints.between(recording) : recording;
  }

  /**
   * Features {@code [(frame * 30 + band) * channels + channel]} of energies {@code [frame][band]}.
   */
  abstract float[] of(double[][] energies);

  /** How users write it: {@code published}, {@code log-mel-on-off}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
