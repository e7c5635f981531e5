package org.raphe.neuromodulation;

/**
 * What drives levels: it turns an event into what is broadcast, on one channel or several.
 *
 * @param <E> the event, such as the class that is expected or the answers of a batch
 */
public interface LevelSource<E> {

  /** Numbers that it broadcasts at a time. */
  int channels();

  /**
   * What an event broadcasts.
   *
   * @param channels receives {@link #channels()} numbers; every one is written
   */
  void emit(E event, float[] channels);
}
