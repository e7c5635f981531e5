package org.raphe.datasets.speech;

import java.util.Locale;
import java.util.function.Function;
import org.raphe.network.InputShape;

/** How the energies of a recording become features. */
public enum SpeechFeatureKind {
  /** Energies, each band divided by its sum over the frames: see {@link SpeechFeatures}. */
  PUBLISHED(0.1f, 1, false, SpeechFeatures::shares),

  /** Logarithms of the energies, coded to [0, 1]: see {@link LogMel}. */
  LOG_MEL(1f, 1, false, LogMel::coded),

  /** The logarithms in an on and an off channel: see {@link LogMel}. */
  LOG_MEL_ON_OFF(1f, 2, false, LogMel::onAndOff),

  /** {@link #LOG_MEL} of what lies between the endpoints of the word: see {@link Endpoints}. */
  LOG_MEL_TRIMMED(1f, 1, true, LogMel::coded),

  /** {@link #LOG_MEL_ON_OFF} of the same. */
  LOG_MEL_ON_OFF_TRIMMED(1f, 2, true, LogMel::onAndOff);

  private final float inputScale;
  private final InputShape shape;
  private final boolean trimmed;
  private final Function<double[][], float[]> code;

  SpeechFeatureKind(
      float inputScale, int channels, boolean trimmed, Function<double[][], float[]> code) {
    this.inputScale = inputScale;
    this.trimmed = trimmed;
    this.code = code;
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
  float[] of(double[][] energies) {
    return code.apply(energies);
  }

  /** How users write it: {@code published}, {@code log-mel-on-off}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
