package org.raphe.cli;

import org.raphe.baseline.BaselineOutcome;
import org.raphe.baseline.StreamBaseline;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
import org.raphe.data.FeatureScaling;
import org.raphe.result.CostResult;
import org.raphe.result.EstimatedEnergy;
import org.raphe.result.LearningSettings;
import org.raphe.result.OperationCounts;
import org.raphe.result.PaperCost;
import org.raphe.result.RunResult;
import org.raphe.result.StreamLearning;
import org.raphe.result.StreamOutcome;
import org.raphe.result.StreamTask;
import org.raphe.result.SynapticOperations;

/** What a finished stream of an analytic baseline writes down; what it has not is null. */
record AnalyticResult(
    StreamBaseline baseline,
    ExperienceStream stream,
    FeatureScaling features,
    Protocol protocol,
    long seed,
    BaselineOutcome outcome,
    RunEnvironment environment) {
  /** What the protocol means. */
  static final String NOTE =
      "A sample is judged by itself, so results do not depend on how test samples are batched.";

  /** The content of result.json. */
  RunResult content() {
    AccuracyMatrix matrix = AccuracyMatrix.of(stream, outcome.finished());
    double accuracy = matrix.pooled(matrix.learned(), matrix.experiences());
    return new RunResult(
        RunResult.FORMAT,
        "continual",
        environment.runId(),
        environment.dataUsed(),
        network(),
        null,
        null,
        baseline.name(),
        null,
        learning(),
        seed,
        environment.backendUsed(),
        new StreamTask(
            protocol.toString(),
            NOTE,
            baseline.name(),
            StreamEntry.experiences(stream, matrix, environment)),
        EpochEntry.of(outcome.finished(), environment),
        environment.ofTest(accuracy),
        environment.ofValidation(accuracy),
        null,
        null,
        new StreamOutcome(matrix.rows(), StreamEntry.metrics(matrix), null),
        null,
        null,
        null,
        null,
        outcome.sha256(),
        cost(),
        environment.provenance());
  }

  private String network() {
    return baseline.network(
        environment.dataset().train().shape().size(), environment.dataset().train().classes());
  }

  /** One pass, and every sample by itself. */
  private LearningSettings learning() {
    StreamLearning ofStream =
        new StreamLearning(
            "none", null, null, "raw", null, null, 1, null, 1, baseline.settings(), null);
    return new LearningSettings(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        FeatureOptions.kind(features),
        FeatureOptions.fittedTo(features, stream),
        ofStream);
  }

  private CostResult cost() {
    ExperienceMetrics last = outcome.finished().get(outcome.finished().size() - 1);
    long learned = stream.learned().stream().mapToLong(each -> each.train().length).sum();
    double seconds =
        outcome.finished().stream()
            .flatMap(experience -> experience.passes().stream())
            .mapToDouble(ExperienceMetrics.Pass::seconds)
            .sum();
    return new CostResult(
        counts(0L, outcome.learningMacs()),
        null,
        null,
        null,
        CostEntry.peakHeapBytes(),
        null,
        outcome.keptBytes(),
        seconds,
        environment.energyUsed(),
        new EstimatedEnergy(null, "not estimated for arithmetic in double precision"),
        new PaperCost(null, "the paper has no count for a baseline that is not trained by epochs"),
        counts(0.0, mean(outcome.learningMacs(), learned)),
        counts(0.0, mean(outcome.scoringMacs(), last.test().samples())));
  }

  private static Double mean(Long count, long samples) {
    return count == null ? null : (Double) ((double) count / samples);
  }

  /** No spike is accumulated; bytes and writes are not counted. */
  private static <N extends Number> OperationCounts<N> counts(N none, N macs) {
    return new OperationCounts<>(
        new SynapticOperations<>(none, none), macs, null, null, null, null, null);
  }
}
