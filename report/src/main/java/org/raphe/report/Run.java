package org.raphe.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.raphe.result.Accuracy;
import org.raphe.result.CostResult;
import org.raphe.result.DataUsed;
import org.raphe.result.EpochResult;
import org.raphe.result.LearningSettings;
import org.raphe.result.MetricResult;
import org.raphe.result.OperationCounts;
import org.raphe.result.PermutedResult;
import org.raphe.result.ReadResult;
import org.raphe.result.RunResult;
import org.raphe.result.StreamLearning;
import org.raphe.result.StreamOutcome;
import org.raphe.result.StreamTask;
import org.raphe.result.StudyResult;
import org.raphe.result.VolatileResult;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;

/**
 * A finished run, as its folder records it. Texts are fit to be shown; what the run does not record
 * is null.
 *
 * @param folder its folder
 * @param read the content of {@code result.json}
 * @param settings the options it was started with; null where {@code settings.yaml} is missing
 */
record Run(Path folder, ReadResult read, Map<String, String> settings) {

  RunResult result() {
    return read.result();
  }

  /** What a part holds; null where there is no such part. */
  static <P, V> V told(P part, Function<P, V> value) {
    return part == null ? null : value.apply(part);
  }

  /** A text of a part, fit to be shown. */
  static <P> String text(P part, Function<P, String> value) {
    return told(told(part, value), ForeignText::of);
  }

  /** A number in 0..1; null where it is none. */
  static Double fraction(Double number) {
    return number != null && number >= 0 && number <= 1 ? number : null;
  }

  String name() {
    return ForeignText.of(folder.toString());
  }

  String command() {
    return text(result(), RunResult::command);
  }

  boolean continual() {
    return "continual".equals(command());
  }

  /** Of a stream whose labels changed their meaning; null of another run. */
  VolatileResult volatileStream() {
    return result().volatileStream();
  }

  /** Of many learners; null of another run. */
  StudyResult study() {
    return result().study();
  }

  /** Of tasks of permuted features; null of another run. */
  PermutedResult permutedStream() {
    return result().permutedStream();
  }

  String seed() {
    return "" + result().seed();
  }

  String dataset() {
    return text(result().dataset(), data -> data.name());
  }

  /** Digest of the samples that were used; null where it is not recorded. */
  String dataSha256() {
    return text(result().dataset(), DataUsed::sha256);
  }

  /** Whether it learned from and was measured on a number of samples. */
  boolean used(int trainSamples, int testSamples) {
    DataUsed data = result().dataset();
    return Integer.valueOf(trainSamples).equals(data.trainSamples())
        && Integer.valueOf(testSamples).equals(data.testSamples());
  }

  String network() {
    return text(result(), RunResult::network);
  }

  String neuron() {
    return text(result(), RunResult::neuron);
  }

  String rule() {
    return text(result(), RunResult::rule);
  }

  /**
   * Whether its hidden layers learn, and so by a rate of their own; those of a rule that this
   * version does not know do.
   */
  boolean hiddenLearns() {
    return Rules.all().stream()
        .filter(rule -> rule.name().equals(result().rule()))
        .allMatch(Rule::learns);
  }

  String protocol() {
    return text(result().task(), StreamTask::protocol);
  }

  String baseline() {
    return text(result().task(), StreamTask::baseline);
  }

  /** What opens hidden units of a stream's network. */
  String gate() {
    return text(told(result().learning(), LearningSettings::streamLearning), StreamLearning::gate);
  }

  /** What accuracy was measured on: {@code test} or {@code validation}. */
  String measuredOn() {
    if (study() != null) {
      return "trials";
    }
    if (volatileStream() != null) {
      return "stream";
    }
    if (permutedStream() != null) {
      return "tasks";
    }
    return result().validationAccuracy() != null ? "validation" : "test";
  }

  /** Accuracy at the end; null where there is none. */
  Double accuracy() {
    if (volatileStream() != null) {
      return VolatileLearners.accuracy(this, "modulated", "modulated");
    }
    if (study() != null) {
      return null;
    }
    if (permutedStream() != null) {
      return fraction(permutedStream().meanAccuracy());
    }
    if (continual()) {
      Double last = fraction(told(metrics().get("final_accuracy"), MetricResult::value));
      return last == null ? fraction(result().testAccuracy()) : last;
    }
    Double validation = result().validationAccuracy();
    return fraction(validation == null ? result().testAccuracy() : validation);
  }

  /** Figures of a stream by name; none of another run. */
  Map<String, MetricResult> metrics() {
    Map<String, MetricResult> metrics = told(result().outcome(), StreamOutcome::metrics);
    return metrics == null ? Map.of() : metrics;
  }

  /** Whether the run's counts come from formulas, as those of an engine's rules do. */
  boolean countedByFormula() {
    return "formula".equals(told(cost(CostResult::formula), formula -> formula.countedBy()));
  }

  /** How the run's operations were counted; null where they were not. */
  String countedBy() {
    return operations() == null ? null : countedByFormula() ? "formula" : "execution";
  }

  /**
   * Operations of training: accumulates and multiply-accumulates, forward and learning; null where
   * one of them was not counted. A formula counts every forward product as a multiply-accumulate,
   * and accumulates that spikes alone would need not at all.
   */
  Double operations() {
    OperationCounts<Long> counts = cost(CostResult::counts);
    if (counts == null || counts.macs() == null || counts.synapticOperations() == null) {
      return null;
    }
    Long forward = counts.synapticOperations().forward();
    Long learning = counts.synapticOperations().learning();
    if (forward == null && countedByFormula()) {
      forward = 0L;
    }
    return forward == null || learning == null
        ? null
        : (Double) ((double) forward + (double) learning + (double) counts.macs());
  }

  /** What training cost by some measure. */
  <V> V cost(Function<CostResult, V> value) {
    return told(result().cost(), value);
  }

  /** Bytes moved in training. */
  Double bytesMoved() {
    return number(told(cost(CostResult::counts), OperationCounts::bytesMoved));
  }

  /** Seconds of training. */
  Double seconds() {
    return cost(CostResult::seconds);
  }

  /** Energy that counted operations come to, in J. */
  Double estimatedJoules() {
    return told(cost(CostResult::estimate), estimate -> estimate.energyEstimateJoules());
  }

  /** Energy that was measured, in J. */
  Double measuredJoules() {
    return told(cost(CostResult::energy), energy -> energy.energyJoules());
  }

  /** What the energy was measured with, or why it was not. */
  String energySource() {
    return text(cost(CostResult::energy), energy -> energy.energySource());
  }

  static Double number(Long count) {
    return count == null ? null : (Double) (double) count;
  }

  /** Passes over training samples. */
  List<EpochResult> epochs() {
    return result().epochs() == null ? List.of() : result().epochs();
  }

  /** An epoch's accuracy on {@link #measuredOn} samples; null where it was not measured. */
  Double accuracy(EpochResult epoch) {
    boolean test = measuredOn().equals("test");
    return fraction(
        told(test ? epoch.testAccuracy() : epoch.validationAccuracy(), Accuracy::value));
  }

  /** Accuracy on {@link #measuredOn} samples by epoch; null where it was not measured. */
  List<Double> accuracies() {
    List<Double> accuracies = new ArrayList<>();
    epochs().forEach(epoch -> accuracies.add(accuracy(epoch)));
    return accuracies;
  }
}
