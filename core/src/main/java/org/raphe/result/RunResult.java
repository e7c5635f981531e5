package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What {@code train}, {@code continual}, {@code volatile} or {@code permuted} wrote of a finished
 * run.
 *
 * @param format version of the file, {@link #FORMAT}
 * @param command {@code train}, {@code continual}, {@code volatile} or {@code permuted}
 * @param runId {@link RunId}; null, and no key, where it was written before runs had one
 * @param network layers, as users type them; null of an analytic baseline that has none
 * @param neuron {@code lif} or {@code rate}; null of an analytic baseline
 * @param activation what hidden rate units make of their currents; null, and no key, where units
 *     spike or stand in columns
 * @param rule what taught hidden layers, as users type it; the name of an analytic baseline, which
 *     stands beside rules
 * @param optimizer null where nothing descends a gradient
 * @param seed key of every random number
 * @param backend what really ran
 * @param task how a stream was learned and tested; null of {@code train}
 * @param epochs one entry a pass over training samples
 * @param testAccuracy share of all test samples classified correctly at the end; null where the run
 *     was measured on validation samples
 * @param validationAccuracy the same of validation samples; null where there were none
 * @param confusion which class was taken for which at the end; null, and no key, of an analytic
 *     baseline and in older files
 * @param exampleSpikes spikes of one sample at the end; null, and no key, of rate units, of an
 *     analytic baseline and in older files
 * @param outcome what a stream left behind; null of {@code train}
 * @param volatileStream a stream whose labels changed their meaning; null, and no key, of {@code
 *     train} and {@code continual}
 * @param permutedStream tasks of permuted features; null, and no key, of other commands
 * @param modulation modulators that the network learned under; null, and no key, without
 * @param study learners of Go/No-Go or another task; null, and no key, of other runs
 * @param weightsSha256 digest of all parameters at the end, in hexadecimal digits; of all that is
 *     kept, for an analytic baseline
 */
public record RunResult(
    Integer format,
    String command,
    @JsonInclude(JsonInclude.Include.NON_NULL) String runId,
    DataUsed dataset,
    String network,
    String neuron,
    @JsonInclude(JsonInclude.Include.NON_NULL) String activation,
    String rule,
    OptimizerSettings optimizer,
    LearningSettings learning,
    Long seed,
    BackendUsed backend,
    @JsonUnwrapped StreamTask task,
    List<EpochResult> epochs,
    Double testAccuracy,
    Double validationAccuracy,
    @JsonInclude(JsonInclude.Include.NON_NULL) ConfusionResult confusion,
    @JsonInclude(JsonInclude.Include.NON_NULL) ExampleSpikes exampleSpikes,
    @JsonUnwrapped StreamOutcome outcome,
    @JsonInclude(JsonInclude.Include.NON_NULL) VolatileResult volatileStream,
    @JsonInclude(JsonInclude.Include.NON_NULL) PermutedResult permutedStream,
    @JsonInclude(JsonInclude.Include.NON_NULL) ModulationResult modulation,
    @JsonInclude(JsonInclude.Include.NON_NULL) StudyResult study,
    String weightsSha256,
    CostResult cost,
    Provenance provenance) {

  /** The version that is written and read. */
  public static final int FORMAT = 1;

  public RunResult {
    task = UnwrappedPart.orNull(task);
    outcome = UnwrappedPart.orNull(outcome);
  }
}
