package org.raphe.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.raphe.network.NeuronModel;

class EnergyEstimateTest {
  @Test
  void aSpikeCostsAnAccumulateAndARateAMultiplyAccumulate() {
    Cost spiking = new Cost(1, 1_000_000, 500_000, 0, 9, 9, 9, 9);
    assertEquals(1.5e6 * 0.9e-12, EnergyEstimate.of(spiking, NeuronModel.LIF).joules(), 1e-18);
    Cost rate = new Cost(1, 0, 500_000, 1_000_000, 9, 9, 9, 9);
    EnergyEstimate estimate = EnergyEstimate.of(rate, NeuronModel.RATE);
    assertEquals(1.5e6 * 4.6e-12, estimate.joules(), 1e-18);
    assertTrue(estimate.source().startsWith("estimate"), estimate.source());
  }
}
