package org.raphe.volatility;

import java.util.List;
import org.raphe.InputException;

/**
 * What a volatile stream is drawn from. Lengths and places are in samples.
 *
 * @param samples samples of the stream, each shown once
 * @param batch B, samples of a batch; a switch falls between two batches
 * @param firstSwitch where labels first change their meaning
 * @param leastBetween least samples from one switch to the next
 * @param mostBetween one more than the most
 * @param returning probability that a switch brings back an older meaning
 * @param moved how many classes a new meaning moves; each count is equally likely
 * @param firstNoise where noise may begin: blocks with and without it alternate from there, with it
 *     first
 * @param leastNoise least samples of a block
 * @param mostNoise one more than the most
 * @param noise shares of labels that a block replaces by a uniform one; each is equally likely
 * @param seed key of every random number
 */
public record StreamSettings(
    int samples,
    int batch,
    int firstSwitch,
    int leastBetween,
    int mostBetween,
    double returning,
    List<Integer> moved,
    int firstNoise,
    int leastNoise,
    int mostNoise,
    List<Double> noise,
    long seed) {

  /** The stream of 30,000 samples that figures are given for. */
  public static StreamSettings standard(int classes, long seed) {
    int half = Math.max(2, classes / 2);
    List<Integer> moved = half == classes ? List.of(classes) : List.of(half, classes);
    return new StreamSettings(
        30_000, 10, 3_000, 800, 2_400, 0.5, moved, 1_500, 600, 2_400, List.of(0.4, 0.8), seed);
  }

  public StreamSettings {
    moved = List.copyOf(moved);
    noise = List.copyOf(noise);
    require(samples >= 1 && batch >= 1, "a stream has at least 1 sample and batches of at least 1");
    require(
        firstSwitch >= 1 && leastBetween >= 1 && mostBetween > leastBetween,
        "switches come after at least 1 sample, and the most samples between two are above the least");
    require(
        returning >= 0 && returning <= 1,
        "the probability that an older meaning returns lies in [0, 1], not at " + returning);
    require(
        firstNoise >= 0 && leastNoise >= 1 && mostNoise > leastNoise,
        "blocks of noise have at least 1 sample, and at most more than the least");
    require(!moved.isEmpty(), "a stream needs to be told how many classes a new meaning moves");
    for (int count : moved) {
      require(count >= 2, "a new meaning moves at least 2 classes, not " + count);
    }
    for (double share : noise) {
      require(share >= 0 && share <= 1, "a share of noise lies in [0, 1], not at " + share);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InputException(otherwise);
    }
  }
}
