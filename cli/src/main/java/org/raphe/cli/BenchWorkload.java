package org.raphe.cli;

/** A training run that can be timed piece by piece. */
public interface BenchWorkload extends AutoCloseable {

  /** Trains on the next {@code samples} samples and returns the seconds it took. */
  double train(int samples);

  @Override
  void close();
}
