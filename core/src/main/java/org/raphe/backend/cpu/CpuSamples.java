package org.raphe.backend.cpu;

import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;

/** Samples on the CPU: the host's own arrays. */
record CpuSamples(Samples samples) implements PlacedSamples {

  @Override
  public int size() {
    return samples.size();
  }

  /** Nothing to release: the arrays are the host's. */
  @Override
  public void close() {}
}
