package org.raphe.backend;

/** Samples that live on a device; only the backend that placed them can read them. */
public interface PlacedSamples extends AutoCloseable {

  /** Number of samples. */
  int size();

  @Override
  void close();
}
