package org.raphe.cost;

import org.raphe.network.NeuronModel;

/**
 * What a run's counted operations would cost as arithmetic of a 45 nm chip: an estimate, not a
 * measurement. Memory, control, neuron updates and the optimizer are not in it.
 *
 * <pre>
 *   E = 4.6 pJ * multiply-accumulates + 0.9 pJ * accumulates
 * </pre>
 *
 * <p>Figures of a 32-bit floating-point multiplication (3.7 pJ) and addition (0.9 pJ): Horowitz,
 * "Computing's energy problem", ISSCC 2014. A synapse update of learning is an accumulate where its
 * input is a spike, and a multiply-accumulate where it is a rate.
 *
 * @param joules the estimate
 * @param source what it is made from
 */
public record EnergyEstimate(double joules, String source) {
  private static final double JOULES_A_MAC = 4.6e-12;
  private static final double JOULES_AN_ACCUMULATE = 0.9e-12;

  /** The estimate for counted operations of a network of one kind of unit. */
  public static EnergyEstimate of(Cost cost, NeuronModel neuron) {
    boolean spiking = neuron == NeuronModel.LIF;
    double macs = (double) cost.macs() + (spiking ? 0 : cost.learningSynapticOperations());
    double accumulates =
        (double) cost.forwardSynapticOperations()
            + (spiking ? cost.learningSynapticOperations() : 0);
    return new EnergyEstimate(
        macs * JOULES_A_MAC + accumulates * JOULES_AN_ACCUMULATE,
        "estimate from counted synaptic operations of training at 45 nm: 4.6 pJ a multiply-accumulate, 0.9 pJ an accumulate; memory, neuron updates and the optimizer not included");
  }
}
