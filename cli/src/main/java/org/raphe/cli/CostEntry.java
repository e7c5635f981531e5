package org.raphe.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.function.LongFunction;
import org.raphe.backend.NetworkState;
import org.raphe.cost.Cost;
import org.raphe.cost.EnergyEstimate;
import org.raphe.cost.PublishedCost;
import org.raphe.network.NeuronModel;
import org.raphe.result.ConsolidationResult;
import org.raphe.result.CostResult;
import org.raphe.result.EnergyUsed;
import org.raphe.result.EstimatedEnergy;
import org.raphe.result.FormulaCounts;
import org.raphe.result.OperationCounts;
import org.raphe.result.PaperCost;
import org.raphe.result.PublishedOperations;
import org.raphe.result.SynapticOperations;

/**
 * What learning cost, as result.json says it.
 *
 * @param counts of the whole run
 * @param formula null where executed operations are counted
 * @param consolidation null unless the rule is ewc
 * @param paperOperations null unless an engine's rule learned a stream
 * @param peakMemoryBytes null where it is not measured
 * @param perSample the mean of one training sample
 */
record CostEntry(
    OperationCounts<Long> counts,
    FormulaCounts formula,
    ConsolidationResult consolidation,
    PublishedOperations paperOperations,
    Long peakMemoryBytes,
    EstimatedEnergy estimate,
    OperationCounts<Double> perSample) {

  /** Of a local rule, whose operations are counted as they are executed. */
  static CostEntry ofLocalRule(Cost cost, NeuronModel neuron) {
    EnergyEstimate estimate = EnergyEstimate.of(cost, neuron);
    return new CostEntry(
        counts(cost, count -> count),
        null,
        null,
        null,
        peakHeapBytes(),
        new EstimatedEnergy(estimate.joules(), estimate.source()),
        perSample(cost));
  }

  /**
   * Of an engine's rule. Its arrays lie outside the heap, where their peak is not measured.
   *
   * @param consolidation null unless the rule is ewc
   * @param paperOperations null outside streams
   */
  static CostEntry ofEngine(
      EngineCost cost, ConsolidationResult consolidation, PublishedCost paperOperations) {
    return new CostEntry(
        cost.ofRun(),
        cost.formula(),
        consolidation,
        paperOperations == null
            ? null
            : new PublishedOperations(paperOperations.value(), paperOperations.reason()),
        null,
        new EstimatedEnergy(null, "not estimated for an engine's rule"),
        cost.perSample());
  }

  /**
   * With what stands beside it.
   *
   * @param state all that the network has learned and keeps
   * @param seconds wall time of learning
   * @param inference the cost of showing test samples; null where none was shown
   */
  CostResult with(
      NetworkState state, double seconds, EnergyUsed energy, PublishedCost paper, Cost inference) {
    return new CostResult(
        counts,
        formula,
        consolidation,
        paperOperations,
        peakMemoryBytes,
        state.bytes(),
        null,
        seconds,
        energy,
        estimate,
        new PaperCost(paper.value(), paper.reason()),
        perSample,
        inference == null ? null : perSample(inference));
  }

  private static OperationCounts<Double> perSample(Cost cost) {
    return counts(cost, count -> (double) count / cost.samples());
  }

  private static <N extends Number> OperationCounts<N> counts(Cost cost, LongFunction<N> as) {
    return new OperationCounts<>(
        new SynapticOperations<>(
            as.apply(cost.forwardSynapticOperations()),
            as.apply(cost.learningSynapticOperations())),
        as.apply(cost.macs()),
        as.apply(cost.denseMacs()),
        null,
        as.apply(cost.weightWrites()),
        as.apply(cost.neuronUpdates()),
        as.apply(cost.bytesMoved()));
  }

  /** The sum of the heap pools' peaks: an upper bound of the heap's own. */
  static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
