package org.raphe.engine;

import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;

/**
 * Samples that an engine learns from and the host measures on.
 *
 * @param samples as they were read
 * @param onHost the same, placed for the network that measures
 */
record EngineSamples(Samples samples, PlacedSamples onHost) implements PlacedSamples {
  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public void close() {
    onHost.close();
  }
}
