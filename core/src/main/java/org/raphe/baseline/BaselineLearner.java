package org.raphe.baseline;

import java.util.List;
import org.raphe.data.Samples;

/** What a baseline knows in mid-stream. Everything is summed in the order of the samples. */
public interface BaselineLearner {

  /**
   * Takes training samples of the experience at hand, each once.
   *
   * @param samples of the data set
   * @param indices which of them, in the order in which they are shown
   */
  void learn(Samples samples, int[] indices);

  /**
   * Ends an experience: makes what {@link #scores} needs.
   *
   * @throws org.raphe.RunException if that has no solution
   */
  void endExperience();

  /**
   * Judges a sample, by itself. Several threads may ask at once.
   *
   * @param features of one sample
   * @param scores receives K numbers: the largest is what is told, the lowest class of equals
   */
  void scores(float[] features, double[] scores);

  /** Operations of learning so far. */
  OperationCount learning();

  /** Operations of {@link #scores} so far. */
  OperationCount scoring();

  /** All numbers that are kept from one experience to the next, in a fixed order; not copies. */
  List<double[]> kept();
}
