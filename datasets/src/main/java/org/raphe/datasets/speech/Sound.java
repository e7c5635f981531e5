package org.raphe.datasets.speech;

import org.raphe.InputException;

/**
 * What a file of sound holds.
 *
 * @param form kind of file and coding, such as {@code SPHERE pcm shortened}
 * @param sampleRate samples a second, in Hz
 * @param channels signed 16-bit amplitudes {@code [channel][sample]}, at least one of each; not a
 *     copy
 * @param verified whether a checksum of the file's own was there, and agreed
 */
public record Sound(String form, int sampleRate, short[][] channels, boolean verified) {

  /**
   * The only channel.
   *
   * @param source what messages call the file
   * @throws InputException if there are several
   */
  public WavRecording mono(String source) {
    if (channels.length != 1) {
      throw new InputException(
          source
              + " has "
              + channels.length
              + " channels at "
              + sampleRate
              + " Hz; give recordings of one channel");
    }
    return new WavRecording(sampleRate, channels[0]);
  }
}
