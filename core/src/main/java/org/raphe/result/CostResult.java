package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a run cost.
 *
 * @param counts operations of learning, of the whole run
 * @param formula what stands beside counts by formula; null, and no keys, where executed operations
 *     are counted
 * @param consolidation null, and no keys, unless the rule is ewc
 * @param paperOperations null, and no keys, unless an engine's rule learned a stream
 * @param peakMemoryBytes an upper bound of the heap's peak; null where arrays lie outside the heap
 * @param networkBytes what the network itself has learned and keeps to learn on: weights, biases,
 *     moments of the optimizer, what its rule keeps; null, and no key, of an analytic baseline
 * @param keptBytes what is kept from one experience to the next; null, and no key, where it is not
 *     counted
 * @param seconds wall time of learning
 * @param energy what was measured
 * @param estimate what the counts come to
 * @param paperCost the paper's cost
 * @param perTrainingSample operations of learning, the mean of one sample
 * @param perInferenceSample operations of showing a test sample, the mean of one sample
 */
public record CostResult(
    @JsonUnwrapped OperationCounts<Long> counts,
    @JsonUnwrapped FormulaCounts formula,
    @JsonUnwrapped ConsolidationResult consolidation,
    @JsonUnwrapped PublishedOperations paperOperations,
    Long peakMemoryBytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long networkBytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long keptBytes,
    Double seconds,
    @JsonUnwrapped EnergyUsed energy,
    @JsonUnwrapped EstimatedEnergy estimate,
    @JsonUnwrapped PaperCost paperCost,
    OperationCounts<Double> perTrainingSample,
    OperationCounts<Double> perInferenceSample) {

  public CostResult {
    formula = UnwrappedPart.orNull(formula);
    consolidation = UnwrappedPart.orNull(consolidation);
    paperOperations = UnwrappedPart.orNull(paperOperations);
  }
}
