package org.raphe.backend.cpu;

/** What a network of LIF units asks of a layer beside {@link CpuLayer}. */
interface SpikingLayer {

  /**
   * Inputs of a sample that spiked, summed over steps and over the sites that see them; the
   * sample's inputs are listed.
   */
  long activeInputs(int sample);

  /** Spikes of a unit in 32 steps of a sample, least bit first. */
  int train(int sample, int word, int unit);
}
