package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * A stream whose labels changed their meaning, and how it was answered. Samples are counted from 0
 * in the order of the stream.
 *
 * @param stream what it was drawn from, by option
 * @param plasticSamples samples by which hidden layers learned
 * @param contexts meanings that labels had
 * @param switches where they changed
 * @param noise blocks in which labels were replaced
 * @param modulators the bank's settings, by option
 * @param learners how each answered; the first is the bank under modulators
 * @param course accuracy and levels of the first one over the stream
 */
public record VolatileResult(
    Map<String, String> stream,
    Integer plasticSamples,
    Integer contexts,
    List<Change> switches,
    List<Noise> noise,
    Map<String, String> modulators,
    List<Learner> learners,
    Course course) {

  /**
   * A change of meaning.
   *
   * @param sample its first sample
   * @param context number of the meaning
   * @param returning whether it was there before
   */
  public record Change(Integer sample, Integer context, Boolean returning) {}

  /**
   * A block of noise: samples {@code from} to {@code to} - 1.
   *
   * @param share of labels that were replaced
   */
  public record Noise(Integer from, Integer to, Double share) {}

  /**
   * How a learner answered, scored before each update by what labels meant; null where labels never
   * changed it.
   *
   * @param name its name
   * @param group {@code modulated}, {@code factorial}, {@code lesions}, {@code na-times} or {@code
   *     controls}
   * @param accuracy from the first switch on
   * @param accuracyAfterSwitch of the first 300 samples after each switch
   * @param accuracySettled of all others
   * @param regainNew how soon new meanings were learned
   * @param regainReturning how soon old ones were told again
   * @param macs multiply-accumulates of its read-outs, answering and learning
   */
  public record Learner(
      String name,
      String group,
      Double accuracy,
      Double accuracyAfterSwitch,
      Double accuracySettled,
      Regain regainNew,
      Regain regainReturning,
      Long macs) {}

  /**
   * Samples until a running mean of 50 is back at 90 % of the 300 samples before a switch.
   *
   * @param switches how many there were
   * @param samples their mean; those until the next switch where it never was; null without any
   * @param failed how often it never was
   */
  public record Regain(Integer switches, Double samples, Integer failed) {}

  /**
   * Means of consecutive samples, the last perhaps of fewer.
   *
   * @param samples how many a mean is of
   * @param accuracy share of right answers of the first learner
   * @param control the same of the best learner of the group {@code controls} that is told nothing;
   *     null, and no key, where none ran
   * @param levels by modulator
   * @param fired samples at which noradrenaline fired
   */
  public record Course(
      Integer samples,
      List<Double> accuracy,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Double> control,
      Map<String, List<Double>> levels,
      List<Integer> fired) {}
}
