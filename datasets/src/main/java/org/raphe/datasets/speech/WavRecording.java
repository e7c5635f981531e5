package org.raphe.datasets.speech;

/**
 * One channel of sound.
 *
 * @param sampleRate samples a second, in Hz
 * @param samples signed 16-bit amplitudes in order of time, at least one; not a copy
 */
public record WavRecording(int sampleRate, short[] samples) {

  /** Length in seconds. */
  public double seconds() {
    return (double) samples.length / sampleRate;
  }
}
