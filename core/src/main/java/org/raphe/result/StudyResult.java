package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * A study of many learners, and how each kind of them did. Trials are counted from 0.
 *
 * @param task what it was, by option
 * @param learner settings of the first kind of learner, by option
 * @param learners of each kind
 * @param trials of a session
 * @param steps of a trial
 * @param shifts the first trial under each new rule
 * @param blockTrials trials of a block
 * @param variants the kinds; the first is what others are compared with
 * @param seconds wall time of all sessions
 */
public record StudyResult(
    Map<String, String> task,
    Map<String, String> learner,
    Integer learners,
    Integer trials,
    Integer steps,
    List<Integer> shifts,
    Integer blockTrials,
    List<Variant> variants,
    Double seconds) {

  /**
   * A kind of learner.
   *
   * @param group {@code modulated}, {@code controls}, {@code levers} or {@code release}
   * @param rules how each rule was learned, first one first
   * @param releases of noradrenaline, of a learner
   * @param correct share of right actions a block
   * @param noradrenaline mean level a block
   * @param entropy {@code H(A | cue)} a block, bits
   * @param stateSha256 digest of weights and state of all its learners at the end
   */
  public record Variant(
      String group,
      String name,
      List<Rule> rules,
      Mean releases,
      Course correct,
      Course noradrenaline,
      Course entropy,
      String stateSha256) {}

  /**
   * How a rule was learned.
   *
   * @param firstTrial of the rule
   * @param reached share of learners that reached 18 right ones of 20 trials in a row
   * @param trialsToCriterion of those who did; null, and no key, where none did
   */
  public record Rule(
      Integer firstTrial,
      Mean reached,
      @JsonInclude(JsonInclude.Include.NON_NULL) Mean trialsToCriterion) {}

  /**
   * A mean over learners.
   *
   * @param low lower end of the interval that holds it with 95 %
   * @param high its upper end
   * @param count of how many learners
   */
  public record Mean(Double mean, Double low, Double high, Integer count) {}

  /** Means over learners by block, with both ends of their 95 % intervals. */
  public record Course(List<Double> mean, List<Double> low, List<Double> high) {}
}
